// Resolves to '' once the element is enabled, still, in view and on top, else to what is in the way.
async (selector) => {
  const element = document.querySelector(selector);
  if (!element) {
    return 'not there';
  }
  if (element.disabled) {
    return 'disabled';
  }
  const place = () => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
  const before = place();
  for (let i = 0; i < 6; i++) {
    await frame();
    if (JSON.stringify(place()) !== JSON.stringify(before)) {
      return 'moving';
    }
  }
  if (before.width === 0 || before.height === 0) {
    return 'without size';
  }
  const top = document.elementFromPoint(before.x + before.width / 2, before.y + before.height / 2);
  if (!top || !element.contains(top)) {
    return `covered by or out of view: ${top?.outerHTML.slice(0, 80)}`;
  }
  const clicked = Symbol.for('clicked');
  // the controls of a video keep the clicks to themselves
  element[clicked] = !element.matches('button, a, input, summary');
  element.addEventListener('click', () => (element[clicked] = true), { capture: true, once: true });
  return '';
}
