package dev.signaling.demo.browser;

import jakarta.json.JsonObject;

/**
 * The way that a page's latest connection has found, as its getStats tells (W3C, WebRTC Statistics, RTCIceCandidatePairStats):
 * a candidate of its own and one of the other end.
 */
record SelectedPair(Candidate local, Candidate remote) {

    private static final String LOOK = Browser.resource("pair.js");

    /**
     * One end of the way.
     *
     * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
     * @param transport how a relay is reached, {@code udp} or {@code tcp}, of a candidate of its own; else empty
     */
    record Candidate(String type, String transport) {

        private static Candidate of(JsonObject told) {
            return new Candidate(told.getString("type"), told.getString("transport"));
        }

        boolean isRelay() {
            return type.equals("relay");
        }
    }

    static SelectedPair of(Page page) {
        var told = page.evaluate("(" + LOOK + ")()").asJsonObject();
        return new SelectedPair(Candidate.of(told.getJsonObject("local")), Candidate.of(told.getJsonObject("remote")));
    }

    boolean isRelayed() {
        return local.isRelay() || remote.isRelay();
    }
}
