package io.trimtab.service.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.trimtab.ingest.otlp.ExportAnswer;
import io.trimtab.ingest.otlp.ExportFault;
import io.trimtab.service.push.BodyBudget;
import io.trimtab.service.push.OtlpDoor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One request and its answer. A sender that does not send the whole of it in time is given up. */
final class ExportCall extends ServerCall.Listener<byte[]> {
    private final ServerCall<byte[], byte[]> call;
    private final OtlpDoor door;
    private final BodyBudget budget;

    /** Bytes of the budget that are to be given back. */
    private final AtomicLong taken;

    /** Whether the request is there whole or was given up: who sets it answers. */
    private final AtomicBoolean decided = new AtomicBoolean();

    private @Nullable Future<?> deadline;
    private Optional<byte[]> message = Optional.empty();

    /** @param taken of the budget, for a message of any size */
    ExportCall(ServerCall<byte[], byte[]> call, OtlpDoor door, BodyBudget budget, long taken) {
        this.call = call;
        this.door = door;
        this.budget = budget;
        this.taken = new AtomicLong(taken);
        // One more than there may be, so that a second is seen to be too many.
        call.request(2);
    }

    void giveUpAfter(Duration time, ScheduledExecutorService clock) {
        deadline = clock.schedule(() -> giveUp(time), time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onMessage(byte[] received) {
        if (message.isPresent() && decided.compareAndSet(false, true))
            refuse(ExportFault.MALFORMED, "the request has more than one message; send one");
        message = Optional.of(received);
        keepOnly(received.length);
    }

    @Override
    public void onHalfClose() {
        forgetDeadline();
        if (!decided.compareAndSet(false, true)) return;
        if (message.isEmpty()) {
            refuse(ExportFault.MALFORMED, "the request has no message; send one");
            return;
        }
        try {
            answer(door.export(message.get()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close(Status.UNAVAILABLE.withDescription("Trimtab is being stopped; try again in a while"));
        } finally {
            keepOnly(0);
        }
    }

    @Override
    public void onCancel() {
        forgetDeadline();
        keepOnly(0);
    }

    @Override
    public void onComplete() {
        keepOnly(0);
    }

    /** Gives the rest back. */
    private void keepOnly(long bytes) {
        long before = taken.getAndAccumulate(bytes, Math::min);
        if (before > bytes) budget.giveBack(before - bytes);
    }

    private void answer(Optional<ExportAnswer> answer) {
        switch (answer.orElseThrow()) {
            case ExportAnswer.Taken taken -> {
                call.sendHeaders(new Metadata());
                call.sendMessage(taken.response().toByteArray());
                close(Status.OK);
            }
            case ExportAnswer.Refused(ExportFault fault, String detail) ->
                call.close(Refusals.status(fault, detail), Refusals.trailers(fault, detail));
        }
    }

    private void giveUp(Duration time) {
        if (!decided.compareAndSet(false, true)) return;
        refuse(ExportFault.SLOW, "the request was not sent within %d s".formatted(time.toSeconds()));
    }

    private void refuse(ExportFault fault, String detail) {
        door.refused(fault);
        call.close(Refusals.status(fault, detail), Refusals.trailers(fault, detail));
    }

    private void close(Status status) {
        call.close(status, new Metadata());
    }

    private void forgetDeadline() {
        if (deadline != null) deadline.cancel(false);
    }
}
