import json

import jsonschema

from pipeline import shipped
from pipeline.document import Work
from pipeline.export import annotated
from pipeline.schema import encoded, schema
from tests.conftest import plain_version


def test_the_shipped_schema_is_the_generated_one() -> None:
    shipped_bytes = shipped.path("configs/schema/diptych-1.schema.json").read_bytes()
    assert shipped_bytes == encoded(), "run: diptych schema > configs/schema/diptych-1.schema.json"


def test_the_schema_is_valid_2020_12_and_accepts_a_written_work() -> None:
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema())
    work = Work(id="w", versions={"ru": plain_version("Осло молчит.", "ru", entities=())})
    document = json.loads(annotated.encode(work))
    validator(schema()).validate(document)
    document["an unknown extra key"] = True
    validator(schema()).validate(document)


def test_the_schema_refuses_a_wrong_layer() -> None:
    work = json.loads(annotated.encode(Work(id="w", versions={"ru": plain_version("Осло молчит.", "ru")})))
    work["versions"]["ru"]["entities"] = [{"start": 0}]
    assert list(jsonschema.Draft202012Validator(schema()).iter_errors(work))
