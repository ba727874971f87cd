package org.switchboard.dispatcher.internal.buffer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.log.Logger;
import org.switchboard.dispatcher.internal.session.LiveSession;

/**
 * What all sessions inside the server may keep in buffers together: in the server, where each session gets less while
 * half of it is in use, and in the kernel. When all of either is in use, the sessions that keep most without moving it
 * are closed. Any thread.
 */
public final class BufferBudget {

    /** Where memory is plenty: how much a session may have to write until it is not read from, and until it is again. */
    private static final WriteBufferWaterMark AMPLE = new WriteBufferWaterMark(32 * 1024, 64 * 1024);
    private static final WriteBufferWaterMark TIGHT = new WriteBufferWaterMark(1024, 4 * 1024);
    private static final int LARGEST_READ = 64 * 1024;
    private static final int TIGHT_READ = 4 * 1024;
    private static final int LARGEST_PIECE = 64 * 1024;
    /** How much the kernel takes that it cannot send yet; what is on its way does not count, so this slows nothing. */
    private static final int UNSENT = 256 * 1024;
    /** What was written meanwhile is not reported at once; so often it is looked at. */
    private static final long COUNT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SLOW_COUNT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long SUMMARY_SECONDS = 10;

    private final long most;
    private final long mostInKernel;
    private final Logger log;
    private final Reads reads = new Reads(this, LARGEST_READ, Integer.MAX_VALUE);
    private final Reads singleReads = new Reads(this, LARGEST_READ / 4, 1);
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong usedInKernel = new AtomicLong();
    /** Those that keep anything. */
    private final Set<SessionBuffers> holders = ConcurrentHashMap.newKeySet();
    private final ReentrantLock counting = new ReentrantLock();
    private volatile long lastCount; // written by who is counting
    private long lastProgress; // this and the next: guarded by counting
    private long closed;
    private volatile boolean tight;

    /**
     * @param wanted in the server, in bytes; where there is less memory for buffers than four times that, a quarter
     *        of it counts
     * @param wantedInKernel likewise
     */
    public BufferBudget(long wanted, long wantedInKernel, Logger log) {
        this.mostInKernel = Math.min(wantedInKernel, KernelBuffers.share());
        this.most = Math.min(wanted, PlatformDependent.maxDirectMemory() / 4);
        this.log = log;
        this.lastCount = System.nanoTime() - COUNT_NANOS;
        this.lastProgress = lastCount;
    }

    /** The buffers of a session on that channel, which is not registered yet. */
    public SessionBuffers open(LiveSession session, Channel channel) {
        ChannelConfig config = channel.config();
        config.setWriteBufferWaterMark(waterMark());
        config.setRecvByteBufAllocator(reads);
        config.setMessageSizeEstimator(MemoryEstimator.INSTANCE);
        if (channel instanceof EpollSocketChannel) {
            config.setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT);
        }
        return new SessionBuffers(this, session, channel);
    }

    /** For a channel that is read from one piece at a time, by somebody who says when. */
    void readSingly(Channel channel) {
        channel.config().setRecvByteBufAllocator(singleReads);
    }

    boolean isTight() {
        return tight;
    }

    int tightRead() {
        return TIGHT_READ;
    }

    WriteBufferWaterMark waterMark() {
        return tight ? TIGHT : AMPLE;
    }

    /** How much a blocking provider may write at a time. */
    int piece() {
        return tight ? TIGHT.high() : LARGEST_PIECE;
    }

    /** What is in use now, as far as it is known. */
    public long used() {
        return used.get();
    }

    /** What the kernel keeps, as far as it is known. */
    public long usedInKernel() {
        return usedInKernel.get();
    }

    void add(long difference, long differenceInKernel) {
        used.addAndGet(difference);
        usedInKernel.addAndGet(differenceInKernel);
    }

    /** A session keeps more or less than before. */
    void changed(SessionBuffers buffers, boolean any) {
        if (any) {
            holders.add(buffers);
        } else {
            holders.remove(buffers);
        }
        tight = used.get() > most / 2;
        long interval = tight || usedInKernel.get() > mostInKernel / 2 ? COUNT_NANOS : SLOW_COUNT_NANOS;
        if ((isExceeded() || System.nanoTime() - lastCount > interval) && !counting.isHeldByCurrentThread()
                && counting.tryLock()) {
            try {
                count();
            } finally {
                counting.unlock();
            }
        }
    }

    private boolean isExceeded() {
        return used.get() > most || usedInKernel.get() > mostInKernel;
    }

    /** Looks at all that keep something, as the kernel takes bytes unnoticed, and closes the heaviest if need be. */
    private void count() {
        long now = System.nanoTime();
        boolean longEnough = now - lastProgress > COUNT_NANOS;
        lastProgress = longEnough ? now : lastProgress;
        List<SessionBuffers> all = new ArrayList<>(holders);
        for (SessionBuffers buffers : all) {
            buffers.count(longEnough);
            if (!buffers.keepsAny()) {
                holders.remove(buffers);
            }
        }
        if (isExceeded()) {
            closeHeaviest(all);
        }
        tight = used.get() > most / 2;
        lastCount = System.nanoTime();
    }

    private void closeHeaviest(List<SessionBuffers> all) {
        all.sort(Comparator.comparingLong(SessionBuffers::idle).thenComparingLong(SessionBuffers::kept).reversed());
        for (SessionBuffers heaviest : all) {
            if (used.get() <= most - most / 4 && usedInKernel.get() <= mostInKernel - mostInKernel / 4) {
                break;
            }
            close(heaviest);
        }
    }

    private void close(SessionBuffers heaviest) {
        long kept = heaviest.kept();
        holders.remove(heaviest);
        heaviest.giveUp();
        if (closed++ == 0) {
            log.warn("sessions keep more than {} KiB in buffers, or {} KiB in the kernel's, for clients that do not"
                    + " read; those that keep most are closed, first {} with {} KiB", most / 1024, mostInKernel / 1024,
                    heaviest, kept / 1024);
            heaviest.later(this::summary, SUMMARY_SECONDS);
        }
    }

    private void summary() {
        counting.lock();
        try {
            log.warn("{} sessions were closed because all together kept too much in buffers", closed);
            closed = 0;
        } finally {
            counting.unlock();
        }
    }
}
