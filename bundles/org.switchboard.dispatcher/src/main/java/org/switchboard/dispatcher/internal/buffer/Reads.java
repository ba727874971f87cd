package org.switchboard.dispatcher.internal.buffer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** Buffers to read into, of a size that what came before suggests; small ones while memory is tight. */
final class Reads extends AdaptiveRecvByteBufAllocator {

    private static final int SMALLEST = 64;
    private static final int FIRST = 2048;

    private final BufferBudget budget;

    /** @param most how many reads at a time, at most */
    Reads(BufferBudget budget, int largest, int most) {
        super(SMALLEST, FIRST, largest);
        this.budget = budget;
        if (most < Integer.MAX_VALUE) {
            maxMessagesPerRead(most);
        }
    }

    @Override
    @SuppressWarnings("deprecation")
    public RecvByteBufAllocator.Handle newHandle() {
        return new Handle((RecvByteBufAllocator.ExtendedHandle) super.newHandle());
    }

    private final class Handle extends RecvByteBufAllocator.DelegatingHandle
            implements RecvByteBufAllocator.ExtendedHandle {
        private final RecvByteBufAllocator.ExtendedHandle adaptive;

        Handle(RecvByteBufAllocator.ExtendedHandle adaptive) {
            super(adaptive);
            this.adaptive = adaptive;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return budget.isTight() ? allocator.ioBuffer(Math.min(guess(), budget.tightRead()))
                    : super.allocate(allocator);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
            return !budget.isTight() && adaptive.continueReading(maybeMoreData);
        }
    }
}
