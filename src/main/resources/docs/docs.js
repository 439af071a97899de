// Shows every contract of this installation; the list comes from the server.
async function showContracts() {
  const contracts = await (await fetch('openapi/index.json')).json();
  SwaggerUIBundle({
    dom_id: '#docs',
    urls: [...contracts, {name: 'everything', url: 'openapi.json'}],
    'urls.primaryName': contracts.some(contract => contract.name === 'imaging') ? 'imaging' : contracts[0].name,
    deepLinking: true,
    validatorUrl: null,
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
    layout: 'StandaloneLayout',
  });
}

showContracts().catch(failure => {
  document.getElementById('docs').textContent = 'The contracts cannot be loaded: ' + failure;
});
