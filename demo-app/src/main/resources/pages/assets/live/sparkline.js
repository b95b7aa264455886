// A small chart of the last minute: a line, and its newest figure.

const SVG = 'http://www.w3.org/2000/svg';
const SAMPLES = 60;
const WIDTH = 120;
const HEIGHT = 28;

export class Sparkline {
  #values = [];
  #line = document.createElementNS(SVG, 'polyline');
  #area = document.createElementNS(SVG, 'polygon');
  #figure = document.createElement('output');
  #name;
  #unit;
  element = document.createElement('div');

  constructor(name, unit) {
    this.#name = name;
    this.#unit = unit;
    const label = document.createElement('span');
    label.textContent = name;
    const chart = document.createElementNS(SVG, 'svg');
    chart.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    chart.setAttribute('preserveAspectRatio', 'none');
    chart.setAttribute('aria-hidden', 'true');
    chart.append(this.#area, this.#line);
    this.element.className = 'chart';
    this.element.append(label, this.#figure, chart);
    this.add(undefined);
  }

  /** The newest figure; undefined where the browser does not tell it. */
  add(value) {
    this.#values.push(value);
    if (this.#values.length > SAMPLES) {
      this.#values.shift();
    }
    const text = value === undefined ? '–' : `${value.toLocaleString([], { maximumFractionDigits: value < 1 ? 1 : 0 })} ${this.#unit}`;
    this.#figure.textContent = text;
    this.element.title = `${this.#name}: ${text}`;
    this.#draw();
  }

  #draw() {
    const highest = Math.max(1, ...this.#values.filter((value) => value !== undefined)) * 1.1;
    const start = SAMPLES - this.#values.length;
    const points = this.#values
      .map((value, i) => [((start + i) / (SAMPLES - 1)) * WIDTH, value])
      .filter(([, value]) => value !== undefined)
      .map(([x, value]) => `${x.toFixed(1)},${(HEIGHT - 1 - (value / highest) * (HEIGHT - 2)).toFixed(1)}`);
    this.#line.setAttribute('points', points.join(' '));
    this.#area.setAttribute(
      'points',
      points.length > 1 ? `${points[0].split(',')[0]},${HEIGHT} ${points.join(' ')} ${points.at(-1).split(',')[0]},${HEIGHT}` : '',
    );
  }
}
