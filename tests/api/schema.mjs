// The part of JSON Schema that docs/api/openapi.yaml uses: checking values against it, and making values from it.

export class Schemas {
  constructor(document) {
    this.document = document;
  }

  resolve(schema) {
    if (!schema?.$ref) return schema ?? {};
    const target = schema.$ref
      .slice(2)
      .split('/')
      .reduce((node, key) => node[key], this.document);
    return { ...this.resolve(target), ...Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$ref')) };
  }

  // What is wrong with `value`, as lines "place: what"; empty when nothing is.
  problems(given, value, place = 'body') {
    const schema = this.resolve(given);
    const types = [schema.type ?? []].flat();
    if (types.length > 0 && !types.some((type) => hasType(value, type)))
      return [`${place}: ${JSON.stringify(value)?.slice(0, 60)} is not ${types.join(' or ')}`];
    const found = [];
    if (schema.enum && !schema.enum.includes(value)) found.push(`${place}: ${JSON.stringify(value)} is none of the enum`);
    if (typeof value === 'string') {
      if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) found.push(`${place}: ${value} breaks the pattern`);
      if (schema.format === 'date-time' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value))
        found.push(`${place}: ${value} is no UTC time`);
    }
    if (Array.isArray(value))
      value.forEach((item, index) => found.push(...this.problems(schema.items, item, `${place}[${index}]`)));
    else if (value !== null && typeof value === 'object') found.push(...this.#members(schema, value, place));
    return found;
  }

  #members(schema, value, place) {
    const found = [];
    for (const name of schema.required ?? [])
      if (!(name in value)) found.push(`${place}: ${name} is missing`);
    for (const [name, member] of Object.entries(value)) {
      const known = schema.properties?.[name];
      if (known) found.push(...this.problems(known, member, `${place}.${name}`));
      else if (schema.properties && !schema.additionalProperties) found.push(`${place}: ${name} is not in the description`);
    }
    return found;
  }

  // A value of the right shape. `known(name, schema)` may offer one, such as the id of something that exists.
  value(given, random, known, name = '') {
    const schema = this.resolve(given);
    const offered = known(name, schema);
    if (offered !== undefined) return offered;
    const types = [schema.type ?? 'string'].flat();
    if (types.includes('null') && random.chance(0.4)) return null;
    if (schema.enum) return random.pick(schema.enum);
    switch (types[0]) {
      case 'object':
        return Object.fromEntries(
          Object.entries(schema.properties ?? {})
            .filter(([key]) => schema.required?.includes(key) || random.chance(0.6))
            .map(([key, member]) => [key, this.value(member, random, known, key)]),
        );
      case 'array': {
        const count = Math.max(schema.minItems ?? 0, random.below(4));
        return Array.from({ length: count }, () => this.value(schema.items, random, known, name));
      }
      case 'integer':
        return (schema.minimum ?? 0) + random.below(Math.min(schema.maximum ?? 5000, 5000));
      case 'number':
        return random.unit() * 100;
      case 'boolean':
        return random.chance(0.5);
      default:
        return textOf(schema, random);
    }
  }

  // `value` with one thing wrong that the description forbids, as {value, what}; undefined when there is nothing to break.
  broken(given, value, random) {
    const schema = this.resolve(given);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    const breaks = [{ value: { ...value, surely_unknown: 1 }, what: 'a member nobody knows' }];
    for (const name of schema.required ?? []) {
      const { [name]: gone, ...rest } = value;
      breaks.push({ value: rest, what: `${name} missing` });
    }
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      const { type, maxLength, maxItems, minItems, minimum, enum: choices, format } = this.resolve(member);
      const wrong = (bad, what) => breaks.push({ value: { ...value, [name]: bad }, what: `${name} ${what}` });
      if (type) wrong([type].flat().includes('object') ? 'text' : { an: 'object' }, 'of another type');
      if ([type].flat().includes('string')) wrong(42, 'a number');
      if (type === 'boolean') wrong('true', 'a text');
      if (type === 'integer') wrong(1.5, 'a fraction');
      if (maxLength) wrong('x'.repeat(maxLength + 1), 'too long');
      if (maxItems) wrong(Array.from({ length: maxItems + 1 }, () => 'x'), 'with too many items');
      if (minItems) wrong([], 'without items');
      if (minimum !== undefined) wrong(minimum - 1, 'too small');
      if (choices) wrong('surely-none', 'outside its choices');
      if (format === 'date-time') wrong('2026-13-41T25:61:61Z', 'no time');
    }
    return random.pick(breaks);
  }
}

function hasType(value, type) {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return value !== null && typeof value === 'object' && !Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

const kUnusual = ['Ünal Ğ', '何敏', '👩🏽‍🚀', "O'Neil; DROP TABLE parties;--", '<script>alert(1)</script>', '{{amount}}', '\u202eabc', '%s%n', '=1+1', '../../x'];

function textOf(schema, random) {
  if (schema.format === 'date-time') return new Date(Date.UTC(2026, 0, 1) + random.below(1000) * 86_400_000).toISOString();
  if (schema.pattern?.includes('{26}')) return random.text(26, '0123456789abcdefghjkmnpqrstvwxyz');
  if (schema.pattern?.includes('A-Z')) return random.pick(['EUR', 'CNY', 'USD']);
  if (schema.pattern?.includes('0-9]{1,12}')) return String(random.below(100_000));
  if (schema.pattern) return random.text(8, 'abcdef-_09');
  if (schema.maxLength === 254) return `${random.text(8, 'abcdefgh')}@sample.example`;
  const longest = schema.maxLength ?? 200;
  if (random.chance(0.1)) return 'x'.repeat(longest);
  if (random.chance(0.3)) return random.pick(kUnusual).slice(0, longest);
  return random.text(Math.min(longest, Math.max(schema.minLength ?? 1, 3 + random.below(20))), 'abcdefghij');
}
