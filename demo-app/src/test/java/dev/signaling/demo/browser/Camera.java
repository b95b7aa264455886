package dev.signaling.demo.browser;

/** What a page meets that asks for the camera. A browser is started for one of these. */
enum Camera {
    /** A made-up camera and microphone, handed over without a question. */
    GRANTED,
    /**
     * The same, and the page's candidates tell the host's addresses, as they do while a real camera is on (RFC 8828, section
     * 5.2, mode 1): Firefox hides them behind mDNS names as long as the camera is made up.
     */
    LIFELIKE,
    /** The person says no. */
    REFUSED,
    /** There is none. */
    ABSENT
}
