import { z } from 'zod';
import { toSwaggerSchema } from '../../../shared/openapi/toSwaggerSchema.ts';

const noDefinition = () => undefined;

/** A schema as the document tells it. */
function told(schema: z.ZodType): unknown {
  return toSwaggerSchema(z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input' }), noDefinition);
}

describe('a schema of zod as OpenAPI 2.0', () => {
  test('says of null that the value may be missing, and has no type for it', () => {
    expect(told(z.string().nullable())).toEqual({ type: 'string', 'x-nullable': true });
  });

  test('has the title where designers look for it, in objects and lists too', () => {
    const field = z.string().meta({ title: 'Report ID', description: 'The id.' });
    const expected = { type: 'string', 'x-ms-summary': 'Report ID', description: 'The id.' };

    expect(told(z.object({ reportId: field, more: z.array(field) }))).toMatchObject({
      properties: { reportId: expected, more: { items: expected } },
    });
  });

  test('names the formats that connectors know, and the pattern of the others', () => {
    expect(told(z.iso.datetime())).toEqual({ type: 'string', format: 'date-time' });
    expect(told(z.guid())).toEqual({ type: 'string', pattern: expect.any(String) });
  });

  test('tells a literal as the only one of its values, and no bound that is the number’s own', () => {
    expect(told(z.literal('working'))).toEqual({ type: 'string', enum: ['working'] });
    expect(told(z.int().min(0))).toEqual({ type: 'integer', minimum: 0 });
  });

  test('writes out a definition that it refers to with words of its own', () => {
    const definition = { type: 'object', properties: { from: { type: 'string' } } };

    expect(
      toSwaggerSchema(
        { title: 'Now', nullable: true, allOf: [{ $ref: '#/definitions/Span' }] },
        () => definition,
      ),
    ).toEqual({ ...definition, 'x-ms-summary': 'Now', 'x-nullable': true });
  });

  test.each([
    ['a union', z.union([z.string(), z.number()])],
    ['a union below an object', z.object({ one: z.array(z.union([z.string(), z.number()])) })],
  ])('is none for %s: better no document than a wrong one', (_what, schema) => {
    expect(() => told(schema)).toThrow('OpenAPI 2.0');
  });

  test('is none for an object that is two objects at once', () => {
    const both = { allOf: [{ $ref: '#/definitions/One' }, { $ref: '#/definitions/Other' }] };

    expect(() => toSwaggerSchema(both, () => ({ type: 'object' }))).toThrow('several objects');
  });
});
