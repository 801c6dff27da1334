import type { OpenApiDocument, Route } from './openapi.js';

/** A shape of the document, as far as samples are made of it. */
interface Schema {
  $ref?: string;
  allOf?: Schema[];
  type?: string;
  enum?: unknown[];
  format?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minLength?: number;
  minimum?: number;
  minItems?: number;
}

/** What the document cannot say about a field: a value that its own rules accept. By name, wherever it stands. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  code: '000000',
  content: 'content',
  displayName: 'Somebody',
  email: 'somebody@example.test',
  name: 'Name',
  newCode: '000000',
  password: 'a password like any other',
  phone: '+4930901820',
  presentCode: '000000',
  username: 'somebody.new',
};

/** Fields that name something by its id, and whose id may stand there. */
export type IdFields = Readonly<Record<string, unknown>>;

/** A body that a route would take, by its shape in the document. @param ids what stands in fields that hold ids */
export function bodyFor(document: OpenApiDocument, route: Route, ids: IdFields): Record<string, unknown> | undefined {
  const schema = route.operation.requestBody?.content?.['application/json']?.schema as Schema | undefined;
  if (schema === undefined) return undefined;
  return objectOf(document, schema, ids);
}

/** The names of the fields that a route's body may have. */
export function fieldsOf(document: OpenApiDocument, route: Route): string[] {
  const schema = route.operation.requestBody?.content?.['application/json']?.schema as Schema | undefined;
  return schema === undefined ? [] : Object.keys(resolved(document, schema).properties ?? {});
}

function objectOf(document: OpenApiDocument, schema: Schema, ids: IdFields): Record<string, unknown> {
  const { properties = {}, required = [] } = resolved(document, schema);
  const entries = Object.entries(properties).filter(
    ([name]) => required.includes(name) || name in ids || name in BY_NAME,
  );
  return Object.fromEntries(
    entries.map(([name, property]) => [name, ids[name] ?? BY_NAME[name] ?? valueOf(document, property, ids)]),
  );
}

function valueOf(document: OpenApiDocument, schema: Schema, ids: IdFields): unknown {
  const { type, enum: values, minLength = 1, minimum = 1, items = {}, minItems = 0 } = resolved(document, schema);
  if (values !== undefined) return values[0];
  if (type === 'string') return 'x'.repeat(minLength);
  if (type === 'number' || type === 'integer') return minimum;
  if (type === 'boolean') return true;
  if (type === 'array') return Array.from({ length: minItems }, () => valueOf(document, items, ids));
  return objectOf(document, schema, ids);
}

function resolved(document: OpenApiDocument, schema: Schema): Schema {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return resolved(document, document.components.schemas[name] ?? {});
  }
  return schema.allOf?.[0] === undefined ? schema : resolved(document, schema.allOf[0]);
}
