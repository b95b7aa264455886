package dev.signaling.demo.browser;

/** A camera with a small picture, for tests in which one machine has to encode and decode it many times over. */
final class SmallCamera {

    private SmallCamera() {}

    /** From now on the page's camera is small. */
    static void in(Page page) {
        page.evaluate(
                """
                (() => {
                  const { mediaDevices } = navigator;
                  const real = mediaDevices.getUserMedia.bind(mediaDevices);
                  mediaDevices.getUserMedia = (wanted) =>
                    real({ ...wanted, video: { width: 160, height: 120, frameRate: 10 } });
                })()
                """);
    }
}
