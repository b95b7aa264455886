/**
 * `on…` properties like those of the platform's own event targets.
 *
 * @module
 */

/** @type {WeakMap<EventTarget, Map<string, (event: any) => unknown>>} */
const handlers = new WeakMap();

/**
 * Of the event's `currentTarget` Node 20 knows nothing for the second listener and those that follow.
 *
 * @this {EventTarget}
 * @param {Event} event
 */
function callHandler(event) {
  handlers.get(this)?.get(event.type)?.call(this, event);
}

/**
 * Gives a class of event targets its `on…` properties. As with the platform's, a handler that takes another's place also
 * takes its turn among the listeners.
 *
 * @param {{ prototype: EventTarget }} type
 * @param {...string} events
 */
export function defineHandlers(type, ...events) {
  for (const name of events) {
    Object.defineProperty(type.prototype, `on${name}`, {
      configurable: true,
      enumerable: true,
      /** @this {EventTarget} */
      get() {
        return handlers.get(this)?.get(name) ?? null;
      },
      /** @this {EventTarget} */
      set(handler) {
        const own = handlers.get(this) ?? new Map();
        handlers.set(this, own);
        if (typeof handler !== 'function') {
          own.delete(name);
          this.removeEventListener(name, callHandler);
          return;
        }
        own.set(name, handler);
        this.addEventListener(name, callHandler); // a second time does nothing
      },
    });
  }
}
