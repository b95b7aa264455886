package dev.signaling.demo.browser;

/** A camera that takes its time: it answers when told to. */
final class SlowCamera {

    private SlowCamera() {}

    /** From now on the page's camera is slow. */
    static void in(Page page) {
        page.evaluate(
                """
                (() => {
                  const { mediaDevices } = navigator;
                  const answer = new Promise((resolve) => (globalThis.answerNow = resolve));
                  const real = mediaDevices.getUserMedia.bind(mediaDevices);
                  mediaDevices.getUserMedia = (wanted) => answer.then(() => real(wanted));
                })()
                """);
    }

    /** It answers what it was asked until now, and from now on at once. */
    static void answers(Page page) {
        page.evaluate("answerNow()");
    }
}
