/**
 * What a channel store, a dialect or a transport of one's own is checked with: contracts to implement as JUnit tests, and
 * fakes of what stands around them.
 */
module dev.signaling.testkit {
    requires static transitive org.jspecify;
    requires transitive dev.signaling.core;
    requires transitive org.junit.jupiter.api;
    requires transitive java.management;
    requires com.fasterxml.jackson.core;

    exports dev.signaling.testkit;
}
