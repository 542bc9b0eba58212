package io.trimtab.ingest.kubernetes;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.kubernetes.TerminationMapping.EndId;
import io.trimtab.ingest.kubernetes.TerminationMapping.Seen;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.ContainerTermination;
import io.trimtab.ingest.model.PodId;
import io.trimtab.ingest.model.WorkloadId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Terminations as bytes, for what survives a restart. */
final class TerminationData {
    private TerminationData() {}

    static void write(List<Seen> ends, DataOutput to) throws IOException {
        to.writeInt(ends.size());
        for (Seen end : ends) {
            write(end.id(), to);
            ContainerTermination it = end.termination();
            option(
                    end.controller(),
                    controller -> {
                        to.writeUTF(controller.apiVersion());
                        write(controller.id(), to);
                    },
                    to);
            option(it.workload(), workload -> write(workload, to), to);
            write(it.at(), to);
            write(it.seenAt(), to);
            to.writeUTF(it.reason());
            to.writeInt(it.exitCode());
            option(it.signal(), to::writeInt, to);
            option(it.memoryRequest(), bytes -> to.writeLong(bytes.value()), to);
            option(it.memoryLimit(), bytes -> to.writeLong(bytes.value()), to);
            to.writeInt(it.restarts());
        }
    }

    static List<Seen> read(DataInput from) throws IOException {
        List<Seen> ends = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--) {
            EndId id = endId(from);
            Optional<ControllerRef> controller = option(from, () -> new ControllerRef(from.readUTF(), workload(from)));
            ends.add(new Seen(
                    id,
                    controller,
                    new ContainerTermination(
                            id.container(),
                            option(from, () -> workload(from)),
                            moment(from),
                            moment(from),
                            from.readUTF(),
                            from.readInt(),
                            option(from, from::readInt),
                            option(from, () -> new Bytes(from.readLong())),
                            option(from, () -> new Bytes(from.readLong())),
                            from.readInt())));
        }
        return ends;
    }

    private static void write(EndId id, DataOutput to) throws IOException {
        to.writeUTF(id.container().pod().namespace());
        to.writeUTF(id.container().pod().name());
        to.writeUTF(id.container().container());
        to.writeUTF(id.podUid());
        to.writeUTF(id.run());
        option(id.at(), at -> write(at, to), to);
    }

    private static EndId endId(DataInput from) throws IOException {
        ContainerId container = new ContainerId(new PodId(from.readUTF(), from.readUTF()), from.readUTF());
        return new EndId(container, from.readUTF(), from.readUTF(), option(from, () -> moment(from)));
    }

    private static void write(WorkloadId workload, DataOutput to) throws IOException {
        to.writeUTF(workload.namespace());
        to.writeUTF(workload.kind());
        to.writeUTF(workload.name());
    }

    private static WorkloadId workload(DataInput from) throws IOException {
        return new WorkloadId(from.readUTF(), from.readUTF(), from.readUTF());
    }

    private static void write(Instant moment, DataOutput to) throws IOException {
        to.writeLong(moment.getEpochSecond());
        to.writeInt(moment.getNano());
    }

    private static Instant moment(DataInput from) throws IOException {
        return Instant.ofEpochSecond(from.readLong(), from.readInt());
    }

    private static <T> void option(Optional<T> value, Write<T> write, DataOutput to) throws IOException {
        to.writeBoolean(value.isPresent());
        if (value.isPresent()) write.write(value.get());
    }

    private static <T> Optional<T> option(DataInput from, Read<T> read) throws IOException {
        return from.readBoolean() ? Optional.of(read.read()) : Optional.empty();
    }

    @FunctionalInterface
    private interface Write<T> {
        void write(T value) throws IOException;
    }

    @FunctionalInterface
    private interface Read<T> {
        T read() throws IOException;
    }
}
