package dev.signaling.demo;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Objects;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.server.CLStaticHttpHandler;
import org.glassfish.grizzly.http.server.ErrorPageGenerator;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;

/** The demo's pages and the browser's half of the library, from the class path. */
final class Pages extends CLStaticHttpHandler {

    private static final String[] ROOTS = {"pages/", "META-INF/resources/"};
    private static final String INDEX = "index.html";
    private static final String ROOM = "/rooms/room.html";
    private static final String NO_ROOM = "/rooms/no-room.html";

    /** One line, which tells a stranger nothing of the server's inside. */
    private static final ErrorPageGenerator ONE_LINE =
            (asked, status, reason, description, failure) -> status + " " + reason + "\n";

    private final LocalOrigins local;
    private final IceServersPage iceServers;

    Pages(LocalOrigins local, IceServersPage iceServers) {
        super(Pages.class.getClassLoader(), ROOTS);
        this.local = local;
        this.iceServers = iceServers;
        setFileCacheEnabled(false);
    }

    @Override
    public void service(Request request, Response response) throws Exception {
        secure(response);
        String path;
        try {
            path = request.getDecodedRequestURI();
        } catch (CharConversionException | RuntimeException e) { // a path that climbs out, or is no text
            if (Rooms.isBelow(request.getRequestURI())) { // a slash in a room's name is one of those
                serveRoom(NO_ROOM, request, response);
            } else {
                response.sendError(HttpStatus.BAD_REQUEST_400.getStatusCode());
            }
            return;
        }
        if (!path.endsWith("/") && isThere(path + "/" + INDEX)) { // else its relative links would lead astray
            response.setStatus(HttpStatus.MOVED_PERMANENTLY_301);
            response.setHeader(Header.Location, path + "/");
            return;
        }
        if (Rooms.isBelow(path)) {
            serveRoom(Rooms.isRoomPage(path) ? ROOM : NO_ROOM, request, response);
        } else if (IceServersPage.isAt(path)) {
            iceServers.answer(request, response);
        } else if (path.equals("/qr.svg")) {
            if (allows(request, response)) {
                QrCodes.answer(request, response);
            }
        } else if (path.equals("/origins.json")) {
            if (allows(request, response)) {
                local.answer(request, response);
            }
        } else {
            super.service(request, response);
        }
    }

    /** One page for all rooms, which reads the room's name from its own address; or that there is no such room. */
    private static void serveRoom(String page, Request request, Response response) throws IOException {
        if (!allows(request, response)) {
            return;
        }
        response.setStatus(page.equals(ROOM) ? HttpStatus.OK_200 : HttpStatus.NOT_FOUND_404);
        response.setContentType("text/html; charset=utf-8");
        try (InputStream file = Pages.class.getResourceAsStream(page)) {
            byte[] bytes = Objects.requireNonNull(file).readAllBytes();
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    /** Headers that keep other pages out of this one, for every answer. */
    private static void secure(Response response) {
        response.setHeader("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-cache");
    }

    /** Whether the method is one for what is made as it is asked for; if not, the answer is that. */
    private static boolean allows(Request request, Response response) throws IOException {
        response.setErrorPageGenerator(ONE_LINE);
        Method method = request.getMethod();
        if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            return true;
        }
        response.setHeader(Header.Allow, "GET, HEAD");
        response.sendError(HttpStatus.METHOD_NOT_ALLOWED_405.getStatusCode());
        return false;
    }

    @Override
    protected boolean handle(String path, Request request, Response response) throws Exception {
        Method method = request.getMethod(); // once a GET is answered, there is no request left to ask
        boolean found = super.handle(path, request, response);
        if (found && !method.equals(Method.GET)) { // refused so far, HEAD too
            response.setHeader(Header.Allow, "GET, HEAD");
            if (method.equals(Method.HEAD)) {
                String file = path.endsWith("/") ? path + INDEX : path;
                response.setStatus(HttpStatus.OK_200);
                response.setContentLengthLong(length(file));
                pickupContentType(response, file);
            }
        }
        return found;
    }

    @Override
    protected ErrorPageGenerator getErrorPageGenerator(Request request) {
        return ONE_LINE;
    }

    private static boolean isThere(String path) {
        return length(path) >= 0;
    }

    /** How many bytes a file of the class path has; -1 if there is none. */
    private static long length(String path) {
        for (String root : ROOTS) {
            URL file = Pages.class.getClassLoader().getResource(root + path.substring(1));
            if (file != null) {
                try {
                    return file.openConnection().getContentLengthLong();
                } catch (IOException e) {
                    return -1;
                }
            }
        }
        return -1;
    }
}
