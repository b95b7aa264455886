// The check as text, for whoever is asked why no video comes.

const COPIED_FOR = 2_000;

/** Puts into the clipboard what the page shows. */
export async function copyReport(button) {
  const text = report();
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Kept from pages over plain http, or refused: the old way.
    document.addEventListener('copy', (event) => {
      event.clipboardData.setData('text/plain', text);
      event.preventDefault();
    }, { once: true });
    document.execCommand('copy');
  }
  const before = button.textContent;
  button.textContent = 'Copied';
  setTimeout(() => (button.textContent = before), COPIED_FOR);
}

function report() {
  const words = (selector, within = document) => within.querySelector(selector)?.textContent.trim() ?? '';
  const lines = [`Connection check of ${location.origin}, ${new Date().toISOString()}`, navigator.userAgent, '', words('#verdict'), words('#error')];
  for (const way of document.querySelectorAll('#results > li')) {
    lines.push('', `${words('h3', way)}: ${way.dataset.state}. ${words('p', way)}`);
    lines.push(...[...way.querySelectorAll('.servers li')].map(({ textContent }) => `  ${textContent}`));
  }
  lines.push('', 'Candidates:');
  for (const candidate of document.querySelectorAll('#candidates li')) {
    lines.push(`  ${[...candidate.children].map(({ textContent }) => textContent).join(' ')}`);
  }
  return `${lines.join('\n')}\n`;
}
