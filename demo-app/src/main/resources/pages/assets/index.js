// The start page names whole addresses, as they are typed into another browser.

for (const code of document.querySelectorAll('[data-address]')) {
  code.textContent = new URL(code.dataset.address, location.href).href;
}
