package dev.signaling;

import java.util.ArrayDeque;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** A queue that knows how many characters are in it. Used by one thread at a time. */
final class WeighedQueue<E> {

    private final ArrayDeque<E> queue = new ArrayDeque<>(4);
    private final ToLongFunction<E> weight; // says the same of an element whenever it is asked
    private long characters;

    /** An empty one, whose elements have as many characters as that says. */
    WeighedQueue(ToLongFunction<E> weight) {
        this.weight = weight;
    }

    void add(E element) {
        queue.add(element);
        characters += weight.applyAsLong(element);
    }

    void addAll(WeighedQueue<E> others) {
        queue.addAll(others.queue);
        characters += others.characters;
    }

    /** Takes the first out; null if there is none. */
    @Nullable
    E poll() {
        E first = queue.poll();
        if (first != null) {
            characters -= weight.applyAsLong(first);
        }
        return first;
    }

    void clear() {
        queue.clear();
        characters = 0;
    }

    int size() {
        return queue.size();
    }

    long characters() {
        return characters;
    }
}
