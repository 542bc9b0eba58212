package io.trimtab.service.loop;

import io.trimtab.cost.units.Bytes;
import io.trimtab.ingest.kubernetes.KubernetesInventory;
import io.trimtab.ingest.model.ContainerId;
import io.trimtab.ingest.model.OutOfMemoryKill;
import io.trimtab.ingest.model.PodId;
import io.trimtab.service.state.Section;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Kills for memory as they are kept. */
final class KillData {
    private KillData() {}

    /** The kills that the watch saw: the pods that show them may be gone. */
    static Section seenBy(KubernetesInventory inventory) {
        return Section.ofData(
                "kills",
                "kills whose pods are gone are known only where a store has them",
                1,
                to -> write(inventory.killsSeenAfter(Instant.MIN), to),
                from -> inventory.restoreKills(read(from)));
    }

    static void writeMoments(Map<ContainerId, Instant> moments, DataOutput to) throws IOException {
        to.writeInt(moments.size());
        for (Map.Entry<ContainerId, Instant> entry : moments.entrySet()) {
            write(entry.getKey(), to);
            write(entry.getValue(), to);
        }
    }

    /** In the order in which they were written. */
    static Map<ContainerId, Instant> readMoments(DataInput from) throws IOException {
        Map<ContainerId, Instant> moments = new LinkedHashMap<>();
        for (int left = from.readInt(); left > 0; left--) moments.put(container(from), moment(from));
        return moments;
    }

    private static void write(List<OutOfMemoryKill> kills, DataOutput to) throws IOException {
        to.writeInt(kills.size());
        for (OutOfMemoryKill kill : kills) {
            write(kill.container(), to);
            write(kill.at(), to);
            to.writeLong(kill.memoryRequest().value());
            write(kill.seenAt(), to);
        }
    }

    private static List<OutOfMemoryKill> read(DataInput from) throws IOException {
        List<OutOfMemoryKill> kills = new ArrayList<>();
        for (int left = from.readInt(); left > 0; left--)
            kills.add(new OutOfMemoryKill(container(from), moment(from), new Bytes(from.readLong()), moment(from)));
        return kills;
    }

    private static void write(ContainerId container, DataOutput to) throws IOException {
        to.writeUTF(container.pod().namespace());
        to.writeUTF(container.pod().name());
        to.writeUTF(container.container());
    }

    private static ContainerId container(DataInput from) throws IOException {
        return new ContainerId(new PodId(from.readUTF(), from.readUTF()), from.readUTF());
    }

    private static void write(Instant moment, DataOutput to) throws IOException {
        to.writeLong(moment.getEpochSecond());
        to.writeInt(moment.getNano());
    }

    private static Instant moment(DataInput from) throws IOException {
        return Instant.ofEpochSecond(from.readLong(), from.readInt());
    }
}
