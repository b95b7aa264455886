package dev.signaling.demo;

import static java.util.Objects.requireNonNull;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/** Writes what happens to the log: who comes and goes, and what is refused. Nothing of what peers send to each other. */
final class EventLog implements SignalingListener {

    private static final Logger LOGGER = System.getLogger("signaling");

    /** What turns a line around or breaks it without being a control character, which no name has. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cf}\\p{Zl}\\p{Zp}]");

    /** What stands between two things on a line, and so may not be in one. */
    private static final Pattern GAP = Pattern.compile("\\s{2,}");

    /** Ends that are told by the lines of who leaves, or of the server's stop. */
    private static final Set<CloseStatus> QUIET =
            Set.of(CloseStatus.GONE, CloseStatus.LOST, CloseStatus.TIMED_OUT, CloseStatus.GOING_AWAY);

    private final LineAllowance comings;
    private final Map<ErrorCode, LineAllowance> refusals; // each its own: a flood of one hides no other
    private final Map<CloseStatus, LineAllowance> closings;

    EventLog() {
        this(System::nanoTime);
    }

    /** A log whose seconds are those of that clock. */
    EventLog(LongSupplier nanoTime) {
        comings = new LineAllowance(100, "join    {0} more comings and goings in one second", nanoTime);
        refusals = allowances(ErrorCode.class, code -> "refuse  " + code.code(), nanoTime);
        closings = allowances(CloseStatus.class, status -> "close   " + words(status), nanoTime);
    }

    private static <K extends Enum<K>> Map<K, LineAllowance> allowances(
            Class<K> kind, Function<K, String> words, LongSupplier nanoTime) {
        Map<K, LineAllowance> allowances = new EnumMap<>(kind);
        for (K key : kind.getEnumConstants()) {
            allowances.put(key, new LineAllowance(10, words.apply(key) + "  {0} more in one second", nanoTime));
        }
        return allowances;
    }

    private static String words(CloseStatus status) {
        return status.code() + " " + status.reason();
    }

    @Override
    public void joined(ChannelName channel, Member member) {
        if (comings.take()) {
            LOGGER.log(Level.INFO, "join    {0}  peer {1}", printable(channel), member.peer());
        }
    }

    @Override
    public void left(ChannelName channel, PeerId peer, LeaveReason reason) {
        if (comings.take()) {
            LOGGER.log(Level.INFO, "leave   {0}  peer {1}  {2}", printable(channel), peer, reason.code());
        }
    }

    @Override
    public void suspended(PeerId peer) {
        if (comings.take()) {
            LOGGER.log(Level.INFO, "lost    peer {0}  is waited for", peer);
        }
    }

    @Override
    public void resumed(PeerId peer, PeerId fresh) {
        if (comings.take()) {
            LOGGER.log(Level.INFO, "back    peer {0}", peer);
        }
    }

    @Override
    public void refused(PeerId peer, ErrorCode code, String detail) {
        if (requireNonNull(refusals.get(code)).take()) {
            LOGGER.log(Level.INFO, "refuse  {0}: {1}  peer {2}", code.code(), detail, peer);
        }
    }

    @Override
    public void disconnected(PeerId peer, CloseStatus status) {
        if (!QUIET.contains(status) && requireNonNull(closings.get(status)).take()) {
            LOGGER.log(Level.INFO, "close   {0}  peer {1}", words(status), peer);
        }
    }

    @Override
    public void storeFailed(ChannelName channel, PeerId peer, Throwable failure) {
        LOGGER.log(Level.ERROR, "the channel store failed", failure);
    }

    /** Writes what has only been counted up to now. To be called when nothing more will happen. */
    void sumUp() {
        comings.sumUp();
        refusals.values().forEach(LineAllowance::sumUp);
        closings.values().forEach(LineAllowance::sumUp);
    }

    /** A stranger's name, fit for one line of a log. */
    private static String printable(ChannelName channel) {
        String visible = INVISIBLE.matcher(channel.value()).replaceAll("?");
        return GAP.matcher(visible).replaceAll(" ");
    }
}
