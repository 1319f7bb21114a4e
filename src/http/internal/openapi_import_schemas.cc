#include "http/internal/openapi_schemas.h"

namespace zicht::http {
namespace {

constexpr std::string_view kImportSchemas = R"json({
"ImportLook": {"type": "object", "required": ["file", "form"], "additionalProperties": false,
 "properties": {
  "file": {"type": "string", "description": "That an upload gave; the caller's own."},
  "form": {"$ref": "#/components/schemas/FullId"},
  "sheet": {"type": "string", "description": "Of a workbook; absent: the first."},
  "header_row": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1}}},
"ImportMapping": {"type": "object", "required": ["form", "columns", "key"], "description":
 "How columns become fields; docs/formats/import.md."},
"ImportAsk": {"type": "object", "required": ["file", "mapping"], "additionalProperties": false,
 "properties": {
  "file": {"type": "string"}, "mapping": {"$ref": "#/components/schemas/ImportMapping"},
  "year": {"type": "integer", "description": "That is expected; absent: by the mapping."}}},
"ImportAccept": {"type": "object", "required": ["file", "mapping", "plan"],
 "additionalProperties": false, "properties": {
  "file": {"type": "string"}, "mapping": {"$ref": "#/components/schemas/ImportMapping"},
  "year": {"type": "integer"},
  "plan": {"type": "string", "description": "Of the difference that was looked at."},
  "confirmed": {"type": "array", "items": {"type": "string"}, "description":
   "The keys of the questions of that difference, each confirmed by a person."}}},
"ImportMappingKeep": {"type": "object", "required": ["name"], "additionalProperties": false,
 "properties": {
  "name": {"type": "string", "minLength": 1, "maxLength": 80},
  "mapping": {"$ref": "#/components/schemas/ImportMapping"},
  "removed": {"type": "boolean", "default": false}}},
"ImportOffered": {"type": "object", "required": ["name", "title", "form", "mapping"],
 "properties": {
  "name": {"type": "string"}, "title": {"$ref": "#/components/schemas/Text"},
  "pack": {"type": "string", "description": "Absent: the organisation keeps it."},
  "form": {"$ref": "#/components/schemas/FullId"},
  "stale": {"type": "boolean", "description":
   "True: no active form takes it any more; it can only be removed."},
  "mapping": {"$ref": "#/components/schemas/ImportMapping"}}},
"ImportMappingList": {"type": "object", "required": ["items"], "properties": {
  "items": {"type": "array", "items": {"$ref": "#/components/schemas/ImportOffered"}}}},
"ImportMappingKept": {"type": "object", "required": ["name", "kept"], "properties": {
  "name": {"type": "string"}, "kept": {"type": "boolean"}}},
"ImportSeen": {"type": "object",
 "required": ["form", "format", "rows", "columns", "fields", "mappings"], "properties": {
  "form": {"$ref": "#/components/schemas/FullId"}, "format": {"enum": ["csv", "xlsx"]},
  "encoding": {"type": "string"}, "separator": {"type": "string"},
  "sheet": {"type": "string"}, "sheets": {"type": "array", "items": {"type": "string"}},
  "header_row": {"type": "integer"}, "rows": {"type": "integer"},
  "numbers": {"enum": ["comma", "point"]},
  "dates": {"enum": ["year_first", "day_first", "month_first"]},
  "columns": {"type": "array", "items": {"type": "object", "required": ["name", "samples"],
   "properties": {"name": {"type": "string"},
    "samples": {"type": "array", "items": {"type": "string"}},
    "field": {"type": "string", "description": "That has the name of the column."}}}},
  "fields": {"type": "array", "items": {"type": "string"}, "description":
   "That a column can fill."},
  "mappings": {"type": "array", "items": {"$ref": "#/components/schemas/ImportOffered"}}}},
"ImportProblem": {"type": "object", "required": ["id", "message", "hint"], "properties": {
  "id": {"type": "string"}, "where": {"type": "string"},
  "message": {"$ref": "#/components/schemas/Text"},
  "hint": {"$ref": "#/components/schemas/Text"}}},
"ImportPlan": {"type": "object",
 "required": ["plan", "form", "counts", "unused_columns", "questions", "rows", "left_out"],
 "properties": {
  "plan": {"type": "string", "description": "Names this difference; given back to accept it."},
  "form": {"$ref": "#/components/schemas/FullId"},
  "counts": {"type": "object", "properties": {
   "new": {"type": "integer"}, "changed": {"type": "integer"}, "same": {"type": "integer"},
   "errors": {"type": "integer"}}},
  "unused_columns": {"type": "array", "items": {"type": "string"}},
  "questions": {"type": "array", "items": {"allOf": [
   {"$ref": "#/components/schemas/ImportProblem"},
   {"type": "object", "required": ["key"], "properties": {"key": {"type": "string"}}}]}},
  "rows": {"type": "array", "maxItems": 500, "items": {"type": "object",
   "required": ["line", "outcome"], "properties": {
    "line": {"type": "integer"}, "outcome": {"enum": ["new", "changed", "error"]},
    "record": {"type": "string"}, "title": {"type": "string"},
    "changes": {"type": "array", "items": {"type": "object", "required": ["field"],
     "properties": {"field": {"type": "string"}, "before": {}, "after": {}}}},
    "problems": {"type": "array", "items": {"$ref": "#/components/schemas/ImportProblem"}}}}},
  "left_out": {"type": "integer", "description": "Rows that are not told."},
  "references": {"type": "object"}}},
"ImportDone": {"type": "object", "required": ["import", "created", "changed", "same"],
 "properties": {
  "import": {"type": "string", "description": "Stands in the reason of each version."},
  "created": {"type": "integer"}, "changed": {"type": "integer"},
  "same": {"type": "integer"}}}
})json";

}  // namespace

std::string_view import_schemas() { return kImportSchemas; }

}  // namespace zicht::http
