package dev.signaling.demo;

import dev.signaling.Limits;
import dev.signaling.message.ChannelName;

/** The live rooms: each has a page of its own, and a channel whose name is the room's with a prefix. */
final class Rooms {

    private static final String CHANNELS = "live-";
    private static final String PAGES = "/live/";
    private static final int LONGEST = Limits.defaults().nameCharacters() - CHANNELS.length();

    private Rooms() {}

    /** Whether the channel is a live room's. */
    static boolean isRoom(ChannelName channel) {
        return channel.value().startsWith(CHANNELS);
    }

    /** Whether that path, decoded, is below the rooms' start page: a room's, or one that could be a room's. */
    static boolean isBelow(String path) {
        return path.startsWith(PAGES) && path.length() > PAGES.length() && !path.equals(PAGES + "index.html");
    }

    /** Whether that path below the rooms' start page is a room's. */
    static boolean isRoomPage(String path) {
        String name = path.substring(PAGES.length());
        return name.length() <= LONGEST
                && !name.contains("/")
                && ChannelName.fault(name).isEmpty();
    }
}
