/** Checks of a deployment against the protocol's rules, as a library and as a program. */
module dev.signaling.conformance {
    requires static transitive org.jspecify;
    requires jakarta.json;
    requires java.net.http;
    requires info.picocli;

    exports dev.signaling.conformance;

    // its options are read by reflection
    opens dev.signaling.conformance to
            info.picocli;
}
