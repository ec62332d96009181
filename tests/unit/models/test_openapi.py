"""OpenAPI documents as descriptions: names, inputs, schemas, answers, paging, and bad documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from boto.core.errors import ConfigError, ParameterError
from boto.models.description import Description, Operation
from boto.models.openapi import OpenAPIDocument
from boto.models.shapes import DEPRECATED, NULLABLE, READ_ONLY, REQUIRED, SENSITIVE, STREAM, Shape
from boto.models.validate import validate

FOG = Path(__file__).parents[2] / "fog" / "openapi.json"


def describe(paths: Any, version: str = "3.0.3", **more: Any) -> Description:
    return Description(OpenAPIDocument({"openapi": version, "info": {"title": "T"}, "paths": paths, **more}))


def only(description: Description) -> Operation:
    (operation,) = description
    return operation


def answered(schema: Any, version: str = "3.0.3", **components: Any) -> Shape:
    """The shape of an answer of this schema."""
    content = {"application/json": {"schema": {"properties": {"it": schema}}}}
    paths = {"/a": {"get": {"responses": {"200": {"content": content}}}}}
    output = only(describe(paths, version, components={"schemas": components})).output
    assert output is not None
    return output.members["it"].shape


def posted(schema: Any, required: bool = True, parameters: Any = (), **components: Any) -> Shape:
    body = {"required": required, "content": {"application/json": {"schema": schema}}}
    post = {"requestBody": body, "parameters": list(parameters), "responses": {}}
    found = only(describe({"/a": {"post": post}}, components={"schemas": components})).input
    assert found is not None
    return found


@pytest.fixture(scope="module")
def fog() -> Description:
    return Description(OpenAPIDocument(json.loads(FOG.read_text())))


class TestHeader:
    def test_says_who_where_and_how(self, fog: Description) -> None:
        assert (fog.id, fog.version, fog.protocol) == ("fog", "2026-11-01", "rest")
        assert fog.header["servers"] == ["https://api.eu.fog.example/v1"]
        assert fog.header["auth"] == ["bearer"]

    def test_the_caller_may_name_it(self) -> None:
        assert OpenAPIDocument({"openapi": "3.0.0", "paths": {}}, id="mist").header["id"] == "mist"

    @pytest.mark.parametrize(
        ("scheme", "name"),
        [
            ({"type": "http", "scheme": "Basic"}, "basic"),
            ({"type": "http", "scheme": "bearer"}, "bearer"),
            ({"type": "oauth2"}, "bearer"),
            ({"type": "apiKey", "in": "query", "name": "key"}, "apikey"),
            ({"type": "apiKey", "in": "header", "name": "authorization"}, "bearer"),
        ],
    )
    def test_security_schemes_have_neutral_names(self, scheme: Any, name: str) -> None:
        schemes = {"securitySchemes": {"x": scheme}}
        assert describe({}, components=schemes, security=[{"x": []}]).header["auth"] == [name]

    def test_keys_travel_where_the_document_says(self) -> None:
        schemes = {"securitySchemes": {"x": {"type": "apiKey", "in": "header", "name": "X-Key"}}}
        assert describe({}, components=schemes).traits["apikey"] == [{"in": "header", "name": "X-Key"}]

    def test_an_operation_may_need_no_proof_and_have_a_server_of_its_own(self, fog: Description) -> None:
        ping = fog.find("ping")
        assert ping is not None and ping.traits["auth"] == ["none"]
        paths = {"/a": {"get": {"servers": [{"url": "https://else.example"}]}}}
        assert only(describe(paths)).traits["server"] == "https://else.example"


class TestNames:
    def test_operation_ids_in_every_spelling(self) -> None:
        paths = {
            "/a": {"get": {"operationId": "droplets_list"}, "put": {"operationId": "compute.instances.list"}},
            "/b": {"get": {"operationId": "pods/exec"}, "post": {"operationId": "getIPv6 pools"}},
        }
        assert list(describe(paths).names) == [
            "droplets_list", "compute_instances_list", "pods_exec", "get_ipv6_pools",
        ]  # fmt: skip

    def test_without_an_id_method_and_path_name_it(self) -> None:
        description = describe({"/v2/machines/{id}": {"get": {}, "delete": {"operationId": "/"}}})
        assert list(description.names) == ["get_v2_machines_id", "delete_v2_machines_id"]
        operation = description.find("get_v2_machines_id")
        assert operation is not None and operation.snake == "get_v2_machines_id"

    def test_a_second_operation_of_a_name_is_called_by_its_place(self) -> None:
        paths = {"/a": {"get": {"operationId": "getIt"}}, "/b": {"get": {"operationId": "get_it"}}}
        description = describe(paths)
        assert list(description.names) == ["get_it", "get_b"]
        assert [operation.uri for operation in description] == ["/a", "/b"]
        assert [operation.snake for operation in description] == ["get_it", "get_b"]

    def test_opening_reads_no_operation(self) -> None:
        description = describe({"/a": {"get": {"operationId": "x", "parameters": [{"$ref": "#/nowhere"}]}}})
        assert list(description.names) == ["x"]
        with pytest.raises(ConfigError, match=r"#/paths/~1a/get/parameters/0 to #/nowhere"):
            description.find("x")


class TestInput:
    def test_parameters_go_where_they_are_in(self) -> None:
        places = ("path", "query", "header", "cookie")
        listed = [{"name": place, "in": place, "schema": {"type": "string"}} for place in places]
        shape = only(describe({"/{path}": {"get": {"parameters": listed}}})).input
        assert shape is not None
        assert {name: member.location for name, member in shape.members.items()} == {
            "path": "p", "query": "q", "header": "h", "cookie": "c",
        }  # fmt: skip
        assert [name for name, member in shape.members.items() if member.required] == ["path"]

    def test_an_operation_overrides_its_path(self) -> None:
        item = {
            "parameters": [{"name": "a", "in": "query", "schema": {"type": "string"}}],
            "get": {"parameters": [{"name": "a", "in": "query", "schema": {"type": "boolean"}}]},
        }
        shape = only(describe({"/x": item})).input
        assert shape is not None and shape.members["a"].shape.kind == "boolean"

    def test_one_name_in_several_places_stays_reachable(self) -> None:
        listed = [{"name": "id", "in": place, "schema": {"type": "string"}} for place in ("query", "path")]
        body = {"content": {"application/json": {"schema": {"properties": {"id": {"type": "integer"}}}}}}
        shape = only(describe({"/{id}": {"post": {"parameters": listed, "requestBody": body}}})).input
        assert shape is not None
        assert {name: (m.location, m.wire) for name, m in shape.members.items()} == {
            "id": ("p", "id"), "id_query": ("q", "id"), "id_body": ("", "id"), "body": ("B", "body"),
        }  # fmt: skip

    def test_labels_nobody_describes_are_strings(self) -> None:
        shape = only(describe({"/a/{b}": {"get": {}}})).input
        assert shape is not None and shape.members["b"].required and shape.members["b"].location == "p"

    def test_a_body_is_its_properties_and_itself(self) -> None:
        shape = posted(
            {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "b": {}}}
        )
        assert shape.members["a"].required and not shape.members["b"].required
        assert shape.traits == {"body": "body", "needed": True}
        assert shape.members["body"].location == "B" and not shape.members["body"].required

    def test_a_body_that_may_be_left_out_requires_nothing(self) -> None:
        shape = posted({"required": ["a"], "properties": {"a": {"type": "string"}}}, required=False)
        assert not shape.members["a"].required
        assert "needed" not in shape.traits

    def test_a_property_may_be_called_body(self) -> None:
        shape = posted({"properties": {"body": {"type": "string"}}})
        assert shape.members["body"].location == ""
        assert shape.traits["body"] == "body_payload"

    def test_a_body_that_is_a_list_is_only_itself(self) -> None:
        shape = posted({"type": "array", "items": {"type": "string"}})
        assert list(shape.members) == ["body"] and shape.members["body"].required

    def test_read_only_properties_are_required_of_answers_alone(self, fog: Description) -> None:
        update = fog.find("machines_update")
        assert update is not None and update.input is not None and update.output is not None
        asked = update.input.members["id_body"]
        assert asked.flags & READ_ONLY and not asked.required
        told = update.output.members["machine"].shape.members["id"]
        assert told.flags & READ_ONLY and told.required

    def test_files_in_forms_and_raw_bodies_are_streams(self) -> None:
        form = {"properties": {"file": {"type": "string", "format": "binary"}, "name": {"type": "string"}}}
        body = {"content": {"multipart/form-data": {"schema": form}}}
        operation = only(describe({"/a": {"post": {"requestBody": body}}}))
        assert operation.input is not None
        file, name = operation.input.members["file"], operation.input.members["name"]
        assert (file.shape.kind, file.location, file.flags) == ("blob", "f", STREAM)
        assert (name.shape.kind, name.location) == ("string", "f")
        raw = only(describe({"/a": {"post": {"requestBody": {"content": {"application/octet-stream": {}}}}}}))
        assert raw.input is not None and raw.input.members["body"].flags & STREAM

    def test_json_is_preferred_and_the_rest_is_told(self) -> None:
        offered = ["application/xml", "application/json; charset=utf-8"]
        body = {"content": {media: {"schema": {"type": "object"}} for media in offered}}
        operation = only(describe({"/a": {"post": {"requestBody": body}}}))
        assert operation.traits["content"] == offered[1] and operation.traits["contents"] == offered

    def test_styles_are_told_where_they_are_not_the_default(self) -> None:
        array = {"type": "array", "items": {"type": "string"}}
        listed = [
            {"name": "a", "in": "query", "schema": array},
            {"name": "b", "in": "query", "schema": array, "explode": False},
            {"name": "c", "in": "query", "schema": {"type": "object"}, "style": "deepObject"},
            {"name": "d", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
        ]
        shape = only(describe({"/a": {"get": {"parameters": listed}}})).input
        assert shape is not None
        assert [member.extras.get("style") for member in shape.members.values()] == [
            None,
            "comma",
            "deep",
            "json",
        ]


class TestSchemas:
    @pytest.mark.parametrize(
        ("schema", "kind", "format"),
        [
            ({"type": "string"}, "string", None),
            ({"type": "string", "format": "date-time"}, "timestamp", "iso8601"),
            ({"type": "string", "format": "date"}, "string", None),
            ({"type": "string", "format": "byte"}, "blob", None),
            ({"type": "integer", "format": "int64"}, "long", None),
            ({"type": "integer", "format": "int32"}, "integer", None),
            ({"type": "number"}, "double", None),
            ({"type": "number", "format": "float"}, "float", None),
            ({"type": "boolean"}, "boolean", None),
            ({"enum": ["a", "b"]}, "string", None),
            ({"items": {}}, "list", None),
            ({"properties": {"a": {}}}, "structure", None),
            ({"type": "object"}, "map", None),
            ({"type": "object", "additionalProperties": False}, "structure", None),
            ({}, "document", None),
            (True, "document", None),
            ("nonsense", "document", None),
            ({"type": "strnig"}, "document", None),
            ({"$ref": "#/components/schemas/Missing"}, "document", None),
            ({"$ref": "other.yaml#/X"}, "document", None),
            ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "document", None),
            ({"oneOf": [{"type": "string"}, {"type": "string", "enum": ["a"]}]}, "string", None),
        ],
    )
    def test_types(self, schema: Any, kind: str, format: str | None) -> None:
        shape = answered(schema)
        assert (shape.kind, shape.format) == (kind, format)

    def test_limits_and_values(self) -> None:
        shape = answered({"type": "integer", "minimum": 1, "maximum": 9, "exclusiveMaximum": True})
        assert shape.traits == {"min": 1, "below": 9}
        assert answered({"type": "string", "enum": ["a", None, "b"], "nullable": True}).enum == ["a", "b"]
        assert answered({"type": "integer", "exclusiveMinimum": 3}, "3.1.0").traits == {"above": 3}

    def test_maps(self) -> None:
        shape = answered({"type": "object", "additionalProperties": {"type": "integer"}})
        assert shape.label == "map of string to long"

    def test_all_of_is_one_structure(self) -> None:
        base = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}, "c": {}}}
        more = {"properties": {"b": {"type": "integer"}, "c": {"type": "boolean"}}}
        shape = answered({"allOf": [{"$ref": "#/components/schemas/Base"}, more]}, Base=base)
        assert {name: member.shape.kind for name, member in shape.members.items()} == {
            "a": "string", "c": "boolean", "b": "long",
        }  # fmt: skip
        assert shape.members["a"].required

    def test_one_of_objects_is_folded_and_keeps_its_alternatives(self) -> None:
        one = {
            "type": "object",
            "required": ["kind", "a"],
            "properties": {"kind": {"type": "string"}, "a": {}},
        }
        two = {"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}, "b": {}}}
        shape = answered({"oneOf": [one, two]})
        assert list(shape.members) == ["kind", "a", "b"]
        assert [name for name, member in shape.members.items() if member.required] == ["kind"]
        assert [list(each.members) for each in shape.alternatives] == [["kind", "a"], ["kind", "b"]]

    def test_a_discriminator_says_what_tells_alternatives_apart(self) -> None:
        schemas = {name: {"properties": {"type": {"type": "string"}, name: {}}} for name in ("A", "B")}
        mapping = {f"is-{name}": f"#/components/schemas/{name}" for name in schemas}
        schema = {
            "oneOf": [{"$ref": target} for target in mapping.values()],
            "discriminator": {"propertyName": "type", "mapping": mapping},
        }
        shape = answered(schema, **schemas)
        assert [each.members["type"].shape.enum for each in shape.alternatives] == [["is-A"], ["is-B"]]

    def test_null_is_a_flag(self) -> None:
        nullable = {"type": "object", "properties": {
            "a": {"type": "string", "nullable": True},
            "b": {"type": ["string", "null"]},
            "c": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            "d": {"allOf": [{"$ref": "#/components/schemas/S"}], "nullable": True},
            "e": {"type": "string"},
        }}  # fmt: skip
        shape = answered(nullable, "3.1.0", S={"type": "object", "properties": {"x": {}}})
        flagged = [name for name, member in shape.members.items() if member.flags & NULLABLE]
        assert flagged == ["a", "b", "c", "d"]
        assert [member.shape.kind for member in shape.members.values()] == [
            "string", "string", "long", "structure", "string",
        ]  # fmt: skip

    def test_flags_beside_a_reference_count(self) -> None:
        shape = answered(
            {"properties": {"a": {"$ref": "#/components/schemas/S", "deprecated": True},
                            "b": {"type": "string", "format": "password"}}},
            S={"type": "string"},
        )  # fmt: skip
        assert shape.members["a"].flags == DEPRECATED
        assert shape.members["b"].flags == SENSITIVE

    def test_recursion_ends(self) -> None:
        itself = {"$ref": "#/components/schemas/Node"}
        node = {"properties": {"next": itself, "all": {"type": "array", "items": {"allOf": [itself]}}}}
        shape = answered({"$ref": "#/components/schemas/Node"}, Node=node)
        assert shape.name == "Node"
        assert shape.members["next"].shape.members["next"].shape is shape.members["next"].shape
        item = shape.members["all"].shape.member
        assert item is not None and item.shape is shape

    def test_schemas_made_of_themselves_are_documents(self) -> None:
        loop = {"allOf": [{"$ref": "#/components/schemas/Loop"}]}
        assert answered({"$ref": "#/components/schemas/Loop"}, Loop=loop).kind == "document"
        assert (
            answered({"$ref": "#/components/schemas/R"}, R={"$ref": "#/components/schemas/R"}).kind
            == "document"
        )

    def test_alternatives_do_not_explode(self) -> None:
        many = {"oneOf": [{"properties": {f"a{index}": {}}} for index in range(10)]}
        shape = answered({"allOf": [many, many, many]})
        assert len(shape.members) == 10 and shape.traits["open"] is True
        assert answered({"oneOf": [{"enum": [index]} for index in range(100)]}).kind == "document"

    def test_required_without_a_description_is_a_document(self) -> None:
        shape = answered({"required": ["b"], "properties": {"a": {}}})
        assert shape.members["b"].flags & REQUIRED and shape.members["b"].shape.kind == "document"

    def test_malformed_nodes_are_passed_over(self) -> None:
        shape = answered(
            {"type": "object", "required": "a", "properties": {"a": 3, "b": None, "c": []}, "allOf": 7}
        )
        assert list(shape.members) == ["a", "b", "c"]
        paths = {"/a": {"get": {"parameters": 5, "responses": [], "tags": 1}, "summary": "x", "post": "?"}}
        assert [operation.output for operation in describe(paths)] == [None]


class TestAnswers:
    def test_the_first_success_with_a_body_is_the_output(self) -> None:
        content = {"application/json": {"schema": {"properties": {"a": {}}}}}
        answers = {"default": {"content": content}, "204": {}, "201": {"content": content}}
        operation = only(describe({"/a": {"post": {"responses": answers}}}))
        assert operation.output is not None and operation.traits["status"] == 201
        assert operation.traits["failures"].keys() == {"DEFAULT"}

    def test_other_statuses_of_success_keep_their_shapes(self) -> None:
        answers = {
            status: {"content": {"application/json": {"schema": {"properties": {status: {}}}}}}
            for status in ("200", "202")
        }
        operation = only(describe({"/a": {"get": {"responses": answers}}}))
        shapes = {status: operation.shape(ref) for status, ref in operation.traits["outputs"].items()}
        assert {status: list(shape.members) for status, shape in shapes.items()} == {
            "200": ["200"],
            "202": ["202"],
        }

    def test_no_body_is_no_output(self, fog: Description) -> None:
        delete = fog.find("machines_delete")
        assert delete is not None and delete.output is None and delete.traits["status"] == 204

    def test_named_failures_are_errors(self, fog: Description) -> None:
        assert {name: facts["status"] for name, facts in fog.errors.items()} == {
            "unauthorized": 401, "too_many_requests": 429, "unprocessable": 422, "not_found": 404,
        }  # fmt: skip
        assert "badFields" in fog.errors["unprocessable"]["shape"].members
        delete = fog.find("machines_delete")
        assert delete is not None and delete.errors == ["unauthorized", "not_found"]


class TestPaging:
    def page(self, schema: Any, *queries: str, **response: Any) -> Any:
        listed = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in queries]
        answer = {"content": {"application/json": {"schema": schema}}, **response}
        operation = only(describe({"/a": {"get": {"parameters": listed, "responses": {"200": answer}}}}))
        paging = operation.paging
        return paging and (paging.kind, paging.input, paging.output, paging.items)

    @staticmethod
    def at(path: str, leaf: Any) -> Any:
        for name in reversed(path.split(".")):
            leaf = {"type": "object", "properties": {name: leaf}}
        return {**leaf, "properties": {**leaf["properties"], "things": {"type": "array", "items": {}}}}

    text = {"type": "string"}

    def test_links(self) -> None:
        for path in ("links.pages.next", "links.next", "next"):
            assert self.page(self.at(path, self.text)) == ("link", [], [path], ["things"])

    def test_tokens(self) -> None:
        for path, name in (("metadata.continue", "continue"), ("meta.links.next", "cursor"),
                           ("nextPageToken", "pageToken")):  # fmt: skip
            assert self.page(self.at(path, self.text), name) == ("token", [name], [path], ["things"])

    def test_pages(self) -> None:
        linode = {"properties": {"page": {"type": "integer"}, "pages": {}, "data": {"type": "array"}}}
        assert self.page(linode, "page") == ("page", ["page"], ["page", "pages"], ["data"])
        told = self.at("result_info.page", {"type": "integer"})
        assert self.page(told, "page") == ("page", ["page"], ["result_info.page"], ["things"])
        assert self.page({"type": "array"}, "page", "per_page") == ("page", ["page"], [], ["@"])

    def test_link_headers(self) -> None:
        found = self.page({"type": "array"}, "since", headers={"Link": {}})
        assert found == ("link-header", [], [], ["@"])

    def test_nothing_is_inferred_without_both_sides(self) -> None:
        assert self.page(self.at("metadata.continue", self.text)) is None
        assert self.page(self.at("page", self.text)) is None
        assert self.page(self.at("links.next", {"type": "integer"})) is None
        assert self.page({"type": "object"}, "page", "per_page") is None

    def test_fog_pages_by_links(self, fog: Description) -> None:
        operation = fog.find("machines_list")
        assert operation is not None and operation.paging is not None
        assert (operation.paging.kind, operation.paging.size) == ("link", "per_page")


class TestSwagger2:
    document = {
        "swagger": "2.0",
        "info": {"title": "Old"},
        "host": "old.example",
        "basePath": "/v1",
        "schemes": ["http", "https"],
        "parameters": {"pretty": {"name": "pretty", "in": "query", "type": "string"}},
        "definitions": {"Pod": {"type": "object", "properties": {"metadata": {"type": "object"}}}},
        "paths": {
            "/pods/{name}": {
                "parameters": [{"$ref": "#/parameters/pretty"}],
                "put": {
                    "operationId": "replacePod",
                    "parameters": [
                        {"name": "name", "in": "path", "required": True, "type": "string"},
                        {"name": "many", "in": "query", "type": "array", "items": {"type": "string"}},
                        {
                            "name": "pod",
                            "in": "body",
                            "required": True,
                            "schema": {"$ref": "#/definitions/Pod"},
                        },
                    ],
                    "responses": {"200": {"schema": {"$ref": "#/definitions/Pod"}}},
                },
                "post": {
                    "operationId": "upload",
                    "parameters": [
                        {"name": "file", "in": "formData", "type": "file", "required": True},
                        {"name": "note", "in": "formData", "type": "string"},
                    ],
                    "responses": {"default": {"description": "x"}},
                },
            }
        },
    }

    def test_operations_read_like_those_of_openapi_3(self) -> None:
        description = Description(OpenAPIDocument(self.document))
        assert description.header["servers"] == ["https://old.example/v1", "http://old.example/v1"]
        operation = description.find("replace_pod")
        assert operation is not None and operation.input is not None and operation.output is not None
        assert {name: member.location for name, member in operation.input.members.items()} == {
            "name": "p", "pretty": "q", "many": "q", "metadata": "", "body": "B",
        }  # fmt: skip
        assert operation.input.members["many"].extras == {"style": "comma"}
        assert operation.output.name == "Pod"

    def test_forms(self) -> None:
        operation = Description(OpenAPIDocument(self.document)).find("upload")
        assert operation is not None and operation.input is not None
        assert operation.traits["content"] == "multipart/form-data"
        assert operation.input.members["file"].flags & STREAM and operation.input.members["file"].required


class TestBadDocuments:
    @pytest.mark.parametrize(
        ("document", "said"),
        [
            ([], "not a JSON object"),
            ({}, "neither 'openapi' nor 'swagger'"),
            ({"openapi": "4.0.0", "paths": {}}, "#/openapi version '4.0.0'"),
            ({"swagger": "1.2", "paths": {}}, "#/swagger version '1.2'"),
            ({"openapi": "3.0.0"}, "no object at #/paths"),
            ({"openapi": "3.0.0", "paths": {3: {}}}, "at #/paths a name that is no string"),
        ],
    )
    def test_say_what_is_wrong_and_where(self, document: Any, said: str) -> None:
        with pytest.raises(ConfigError) as caught:
            OpenAPIDocument(document)
        assert said in str(caught.value)

    def test_a_circle_of_references_is_found(self) -> None:
        parameters = {"a": {"$ref": "#/components/parameters/b"}, "b": {"$ref": "#/components/parameters/a"}}
        paths = {"/x": {"get": {"operationId": "x", "parameters": [{"$ref": "#/components/parameters/a"}]}}}
        with pytest.raises(ConfigError, match="circle at #/paths/~1x/get/parameters/0"):
            describe(paths, components={"parameters": parameters}).find("x")


class TestValidation:
    """What the traits of an input mean to whoever checks parameters."""

    def test_the_whole_body_stands_for_its_members(self, fog: Description) -> None:
        create = fog.find("machines_create")
        assert create is not None
        given = {"name": "a", "size": {"vCpus": 1}}
        assert validate(create, {"body": given}) == {"body": given}
        assert validate(create, given) == given
        with pytest.raises(ParameterError) as caught:
            validate(create, {"name": "a"})
        assert caught.value.problems == [("size", "required, and not given")]

    def test_open_bodies_take_other_members(self) -> None:
        schema = {"type": "object", "properties": {"aB": {}}, "additionalProperties": True}
        body = {"content": {"application/json": {"schema": schema}}}
        operation = only(describe({"/a": {"post": {"requestBody": body}}}))
        assert validate(operation, {"a_b": 1, "other": [2]}) == {"aB": 1, "other": [2]}
