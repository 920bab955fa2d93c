// Reads documents with Halfred, which validates them as HAL, and prints what it saw as JSON.
'use strict';

const halfred = require('halfred');

async function read(base, ...paths) {
  halfred.enableValidation();
  const seen = {};
  for (const path of paths) {
    const answer = await fetch(base + path);
    const resource = halfred.parse(await answer.json());
    seen[path] = {
      status: answer.status,
      issues: resource.validationIssues(),
      self: (resource.link('self') || {}).href,
      links: Object.keys(resource.allLinks()),
      embedded: Object.keys(resource.allEmbeddedResourceArrays()),
    };
  }
  return seen;
}

read(...process.argv.slice(2)).then((seen) => console.log(JSON.stringify(seen)));
