package dev.signaling.servers;

import java.io.IOException;
import java.util.List;

/** Something that every server has to live through besides what {@link Conformity} asks, told over the wire. */
@FunctionalInterface
interface Story {

    /** Those that are told to each, in this order. */
    List<Story> BRIEF = List.of(new Refusals(), new Neighbours(), new SlowReaders());

    /** And those besides that take their time, or on some servers a thread for good. */
    List<Story> LONG = List.of(new ResetAtTheClose(), new Vanishing(), new HastyClients());

    /**
     * Tells it.
     *
     * @throws AssertionError if something did not hold
     */
    void tell(RunningServer running) throws IOException;
}
