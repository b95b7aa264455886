package dev.signaling.testkit;

import dev.signaling.message.ChannelName;
import dev.signaling.message.CloseStatus;
import dev.signaling.message.ErrorCode;
import dev.signaling.message.LeaveReason;
import dev.signaling.message.Member;
import dev.signaling.message.PeerId;
import dev.signaling.spi.SignalingListener;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps what it is told, in order. Safe to be used by several threads. */
public final class RecordingListener implements SignalingListener {

    private final List<News> news = new ArrayList<>();

    /** A listener that was told nothing yet. */
    public RecordingListener() {}

    /** All that it was told. */
    public synchronized List<News> news() {
        return List.copyOf(news);
    }

    /** What it was told of one kind. */
    public synchronized <N extends News> List<N> news(Class<N> kind) {
        return news.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private synchronized void keep(News item) {
        news.add(item);
    }

    @Override
    public void connected(PeerId peer) {
        keep(new Connected(peer));
    }

    @Override
    public void disconnected(PeerId peer, CloseStatus status) {
        keep(new Disconnected(peer, status));
    }

    @Override
    public void suspended(PeerId peer) {
        keep(new Suspended(peer));
    }

    @Override
    public void resumed(PeerId peer, PeerId fresh) {
        keep(new Resumed(peer, fresh));
    }

    @Override
    public void joined(ChannelName channel, Member member) {
        keep(new Joined(channel, member));
    }

    @Override
    public void left(ChannelName channel, PeerId peer, LeaveReason reason) {
        keep(new Left(channel, peer, reason));
    }

    @Override
    public void refused(PeerId peer, ErrorCode code, String detail) {
        keep(new Refused(peer, code, detail));
    }

    @Override
    public void storeFailed(ChannelName channel, PeerId peer, Throwable failure) {
        keep(new StoreFailed(channel, peer, failure));
    }

    /** One call of the listener, as a value. */
    public sealed interface News {}

    /** A call of {@link SignalingListener#connected}. */
    public record Connected(PeerId peer) implements News {}

    /** A call of {@link SignalingListener#disconnected}. */
    public record Disconnected(PeerId peer, CloseStatus status) implements News {}

    /** A call of {@link SignalingListener#suspended}. */
    public record Suspended(PeerId peer) implements News {}

    /** A call of {@link SignalingListener#resumed}. */
    public record Resumed(PeerId peer, PeerId fresh) implements News {}

    /** A call of {@link SignalingListener#joined}. */
    public record Joined(ChannelName channel, Member member) implements News {}

    /** A call of {@link SignalingListener#left}. */
    public record Left(ChannelName channel, PeerId peer, LeaveReason reason) implements News {}

    /** A call of {@link SignalingListener#refused}. */
    public record Refused(PeerId peer, ErrorCode code, String detail) implements News {}

    /** A call of {@link SignalingListener#storeFailed}. */
    public record StoreFailed(ChannelName channel, PeerId peer, Throwable failure) implements News {}
}
