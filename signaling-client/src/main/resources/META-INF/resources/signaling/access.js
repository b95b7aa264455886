/**
 * How to get to a server: its address, and the token that lets in, each of which may be asked for anew for each try.
 *
 * @module
 */

import { socketAddress } from './reconnect.js';

/** What an entry of the subprotocols begins with that is no format but a token. */
const TOKEN_PREFIX = 'signaling.token.';
/** What may stand in such an entry (RFC 9110, 5.6.2). */
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]*$/;

/**
 * @template T
 * @typedef {T | (() => T | Promise<T>)} Source what it is, or a function that says so, now or later
 */
/** @typedef {{ address: string, token: string }} Way */

/** The way to a server. */
export class Access {
  /** @type {Source<string | URL>} */ #url;
  /** @type {Source<string>} */ #token;
  #address = '';

  /**
   * @param {Source<string | URL>} url as {@link socketAddress} takes it
   * @param {Source<string>} [token] empty if none is shown
   * @throws {DOMException} `SyntaxError` if there is no such address
   * @throws {TypeError} if that can be no token
   */
  constructor(url, token = '') {
    this.#url = typeof url === 'function' ? url : socketAddress(url);
    this.#token = typeof token === 'function' ? token : checked(token);
    if (typeof this.#url !== 'function') {
      this.#address = `${this.#url}`;
    }
  }

  /** The address of the latest try; empty if a function has yet to say it. */
  get address() {
    return this.#address;
  }

  /** What those have in common that share a connection: the address, or the function that says it. */
  get key() {
    return this.#url;
  }

  /** Whether that is the same way with the same token. @param {Access} other */
  isSame(other) {
    return this.#url === other.#url && this.#token === other.#token;
  }

  /** Whether there may be another token than before. */
  get canRenew() {
    return typeof this.#token === 'function';
  }

  /**
   * The token of now.
   *
   * @returns {string | Promise<string>} rejected if there is none
   */
  renew() {
    return later(this.#token, checked);
  }

  /**
   * The way for one try.
   *
   * @returns {Way | Promise<Way>} rejected if there is none
   */
  next() {
    const address = later(this.#url, (url) => (this.#address = socketAddress(url)));
    const token = this.renew();
    return address instanceof Promise || token instanceof Promise
      ? Promise.all([address, token]).then(([there, shown]) => ({ address: there, token: shown }))
      : { address, token };
  }
}

/**
 * What to ask a server for that speaks this format.
 *
 * @param {string} format
 * @param {string} token
 */
export function subprotocols(format, token) {
  return token === '' ? format : [format, `${TOKEN_PREFIX}${token}`];
}

/**
 * @template T, R
 * @param {Source<T>} source
 * @param {(value: T) => R} meaning
 * @returns {R | Promise<R>}
 */
function later(source, meaning) {
  try {
    const value = typeof source === 'function' ? /** @type {() => T | Promise<T>} */ (source)() : source;
    return typeof (/** @type {any} */ (value)?.then) === 'function'
      ? Promise.resolve(value).then(meaning)
      : meaning(/** @type {T} */ (value));
  } catch (reason) {
    const failed = Promise.reject(reason);
    failed.catch(() => {}); // whoever asked hears of it, perhaps of another one first
    return failed;
  }
}

/** @param {string} token */
function checked(token) {
  if (typeof token !== 'string' || !TOKEN.test(token)) {
    throw new TypeError('An access token must be a string of letters, digits and !#$%&\'*+.^_`|~-'); // not which it is
  }
  return token;
}
