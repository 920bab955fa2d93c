// Walks and changes a marketplace with Ketting, and prints what it saw as JSON.
'use strict';

const { Client, basicAuth } = require('ketting');

async function walk(base, addonKey) {
  const client = new Client(`${base}/rest/2`);
  client.use(basicAuth('partner@example.com', 'partner-token'));
  const addons = await client.go().follow('addons');
  const templates = (await addons.links()).filter((link) => link.templated).map((link) => link.rel);

  const query = await addons.follow('query', { text: 'tidy bords', limit: 2 });
  const found = await query.get();
  const items = await query.followAll('addons');
  const second = await query.follow('next');

  // A list holds apps in short; the whole document has more links.
  const app = await addons.follow('byKey', { addonKey });
  await app.refresh();
  const latest = await (await app.follow('versions')).follow('latest');
  const byName = await (await app.follow('versions')).follow('byName', { name: '2.0.0' });

  return {
    templates,
    count: found.data.count,
    items: items.map((item) => item.uri.replace(base, '')),
    second: second.uri.replace(base, ''),
    latest: (await latest.get()).data.name,
    byName: (await byName.get()).data.name,
    watching: await watch(app),
    tagLine: await change(app),
    unknown: await failure(client.go('/rest/2/addons/example.none').get()),
    refused: await failure(app.patch(patch('/name', ''))),
  };
}

async function watch(app) {
  const watching = await app.follow('watch');
  const state = await watching.get();
  state.data.state = true;
  // On Node, Ketting would send back all headers of the answer, and fetch refuses the old length.
  const headers = { 'Content-Type': 'application/json' };
  await watching.put({ serializeBody: () => state.serializeBody(), headers });
  return (await watching.refresh()).data.state;
}

async function change(app) {
  await app.patch(patch('/tagLine', 'Tidier'));
  return (await app.refresh()).data.tagLine;
}

function patch(path, value) {
  const headers = { 'Content-Type': 'application/json-patch+json' };
  return { data: [{ op: 'replace', path, value }], headers };
}

async function failure(request) {
  try {
    await request;
    return 'none';
  } catch (error) {
    return error.status;
  }
}

walk(...process.argv.slice(2)).then((seen) => console.log(JSON.stringify(seen)));
