package dev.signaling.demo.browser;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.PlanarYUVLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import jakarta.json.JsonString;
import java.util.Base64;

/** Reads a QR code off a page, from its pixels. */
final class QrReader {

    private static final int SIDE = 300;

    /** One byte a pixel, how bright it is. */
    private static final String PIXELS =
            """
            (selector, side) => {
              const canvas = document.createElement('canvas');
              canvas.width = canvas.height = Number(side);
              const drawing = canvas.getContext('2d');
              drawing.drawImage(document.querySelector(selector), 0, 0, canvas.width, canvas.height);
              const { data } = drawing.getImageData(0, 0, canvas.width, canvas.height);
              let grey = '';
              for (let i = 0; i < data.length; i += 4) {
                grey += String.fromCharCode(data[i]);
              }
              return btoa(grey);
            }
            """;

    private QrReader() {}

    static String read(Page page, String image) {
        var grey = Base64.getDecoder().decode(((JsonString) page.run(PIXELS, image, String.valueOf(SIDE))).getString());
        var source = new PlanarYUVLuminanceSource(grey, SIDE, SIDE, 0, 0, SIDE, SIDE, false);
        try {
            return new QRCodeReader()
                    .decode(new BinaryBitmap(new HybridBinarizer(source)))
                    .getText();
        } catch (ReaderException e) {
            throw new AssertionError("no QR code in " + image + " of " + page, e);
        }
    }
}
