package dev.signaling.demo.browser;

import java.util.List;

/** Where a browser runs: on the tests' own network, or on one that is further away. */
interface Place {

    /** Where the tests are. */
    Place HERE = new Place() {
        @Override
        public List<String> command(List<String> words) {
            return words;
        }

        @Override
        public void reach(int port) {
            // it is there
        }
    };

    /** The command line that runs a program there. */
    List<String> command(List<String> words);

    /** Sees to it that what listens there on 127.0.0.1 at that port can be spoken to here under the same address. */
    void reach(int port);
}
