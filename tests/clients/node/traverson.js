// Follows links with Traverson and its HAL adapter, and prints what it saw as JSON.
'use strict';

const traverson = require('traverson');
const hal = require('traverson-hal');

traverson.registerMediaType(hal.mediaType, hal);

async function walk(base, addonKey) {
  const from = () => traverson.from(`${base}/rest/2`).jsonHal();
  const user = { auth: { user: 'user@example.com', pass: 'user-token' } };
  const one = () => from().withRequestOptions(user).withTemplateParameters({ addonKey });

  const latest = await ended((done) =>
    one().follow('addons', 'byKey', 'versions', 'latest').getResource(done));
  const searched = from().withTemplateParameters({ text: 'tidy bords', limit: 1 });
  const vendor = await ended((done) =>
    searched.follow('addons', 'query', 'addons[0]', 'vendor').getResource(done));
  const second = await ended((done) => from().follow('addons', 'next[0]').getResource(done));
  const reviews = await ended((done) =>
    from().withTemplateParameters({ addonKey, sort: 'recent' })
      .follow('addons', 'byKey', 'reviews[0]').getUrl(done));
  const put = await ended((done) =>
    one().follow('addons', 'byKey', 'watch').put({ state: true }, done));
  const watching = await ended((done) =>
    one().follow('addons', 'byKey', 'watch').getResource(done));

  return {
    latest: latest.name,
    vendor: vendor.name,
    second: second._links.self.href,
    reviews: reviews.replace(base, ''),
    put: put.statusCode,
    location: put.headers.location,
    watching: watching.state,
  };
}

function ended(begin) {
  return new Promise((resolve, reject) =>
    begin((error, result) => (error ? reject(error) : resolve(result))));
}

walk(...process.argv.slice(2)).then((seen) => console.log(JSON.stringify(seen)));
