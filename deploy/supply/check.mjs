// Usage: node check.mjs RULES.json SERVICE_FOLDER...; prints the components of the services' SBOMs by licence.
// Ends with 1 and one line for each component whose licence isn't allowed, and for each jar of a service that its SBOM lacks.
import { readFileSync, readdirSync } from 'node:fs';

const [rulesFile, ...services] = process.argv.slice(2);
const rules = JSON.parse(readFileSync(rulesFile, 'utf8'));
const faults = [];

// As Quarkus names a jar below lib.
const jarOf = ({ group, name, version, purl }) => {
  const classifier = new URLSearchParams(purl.split('?')[1]).get('classifier');
  return `${group}.${name}-${version}${classifier ? `-${classifier}` : ''}.jar`;
};

// As SPDX names them; a component that names several may be had under any of them.
const licencesOf = (id, { licenses = [] }) =>
  rules.components[id]
    ? [rules.components[id].licence]
    : licenses.flatMap(({ license, expression }) =>
        expression ? expression.replace(/[()]/g, '').split(' OR ') : [license.id ?? rules.names[license.name] ?? license.name],
      );

const components = new Map();
for (const service of services) {
  const listed = JSON.parse(readFileSync(`${service}/target/classes/META-INF/sbom/application.cdx.json`, 'utf8')).components;
  const jars = new Set(listed.map(jarOf));
  readdirSync(`${service}/target/quarkus-app/lib`, { recursive: true })
    .map((path) => path.split('/').at(-1))
    .filter((jar) => jar.endsWith('.jar') && !jars.has(jar))
    .forEach((jar) => faults.push(`${jar} is in ${service} and not in its SBOM`));
  listed.forEach((component) => components.set(`${component.group}:${component.name}`, component));
}

const byLicence = new Map();
for (const [id, component] of [...components].sort(([a], [b]) => (a < b ? -1 : 1))) {
  if (component.group === rules.own) {
    continue;
  }
  const licences = licencesOf(id, component);
  const allowed = licences.find((licence) => rules.allowed.includes(licence));
  if (allowed) {
    byLicence.set(allowed, [...(byLicence.get(allowed) ?? []), `${id}:${component.version}`]);
  } else {
    faults.push(`${id}:${component.version} is under ${licences.join(' or ') || 'no licence that it names'}, which ${rulesFile} doesn't allow`);
  }
}
Object.keys(rules.components)
  .filter((id) => !components.has(id))
  .forEach((id) => faults.push(`${id} is in no SBOM any more: take it out of ${rulesFile}`));

[...byLicence].sort().forEach(([licence, ids]) => console.log(`${licence}: ${ids.length}\n${ids.map((id) => `  ${id}`).join('\n')}`));
faults.forEach((fault) => console.error(fault));
process.exitCode = faults.length > 0 ? 1 : 0;
