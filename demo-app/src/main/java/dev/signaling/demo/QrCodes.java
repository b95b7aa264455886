package dev.signaling.demo;

import io.nayuki.qrcodegen.DataTooLongException;
import io.nayuki.qrcodegen.QrCode;
import java.io.IOException;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;

/** Draws the text of the query's {@code text} as a QR code: a link for a phone's camera. */
final class QrCodes {

    private static final int LONGEST_TEXT = 800;

    /** As the standard demands around a code (ISO/IEC 18004, section 9.1). */
    private static final int QUIET_ZONE = 4;

    private QrCodes() {}

    static void answer(Request request, Response response) throws IOException {
        String text = request.getParameter("text");
        if (text == null || text.isEmpty() || text.length() > LONGEST_TEXT) {
            response.sendError(400);
            return;
        }
        try {
            String svg = svg(QrCode.encodeText(text, QrCode.Ecc.MEDIUM));
            response.setContentType("image/svg+xml; charset=utf-8");
            response.getWriter().write(svg);
        } catch (DataTooLongException e) { // characters of many bytes
            response.sendError(400);
        }
    }

    private static String svg(QrCode code) {
        int side = code.size + 2 * QUIET_ZONE;
        StringBuilder svg = new StringBuilder()
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(side)
                .append(' ')
                .append(side)
                .append("\" width=\"400\" height=\"400\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h")
                .append(side)
                .append('v')
                .append(side)
                .append("H0z\"/><path fill=\"#000\" d=\"");
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    svg.append('M')
                            .append(x + QUIET_ZONE)
                            .append(' ')
                            .append(y + QUIET_ZONE)
                            .append("h1v1h-1z");
                }
            }
        }
        return svg.append("\"/></svg>\n").toString();
    }
}
