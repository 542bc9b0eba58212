package io.trimtab.service.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trimtab.cost.units.Bytes;
import io.trimtab.cost.units.GpuMilli;
import io.trimtab.cost.units.MilliCores;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Writes reasons as {@code {"code", "message", …numbers}}: the record's name is the code, its components are the numbers. */
public final class Reasons {
    private Reasons() {}

    /** @param words one sentence for each reason */
    public static <R> ArrayNode encode(List<? extends R> reasons, Function<R, String> words) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        reasons.forEach(reason -> array.add(encode(reason, words.apply(reason))));
        return array;
    }

    private static ObjectNode encode(Object reason, String message) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("code", reason.getClass().getSimpleName());
        node.put("message", message);
        for (RecordComponent component : reason.getClass().getRecordComponents())
            put(node, component.getName(), read(component, reason));
        return node;
    }

    private static void put(ObjectNode node, String name, Object value) {
        switch (value) {
            case MilliCores cpu -> node.put(name, cpu.toString());
            case Bytes memory -> node.put(name, memory.toString());
            case GpuMilli gpu -> node.put(name, gpu.toString());
            case Integer number -> node.put(name, number);
            case Long number -> node.put(name, number);
            case Double number -> node.put(name, number);
            case java.math.BigDecimal number -> node.put(name, number);
            case Boolean flag -> node.put(name, flag);
            case Optional<?> optional ->
                optional.ifPresentOrElse(inner -> put(node, name, inner), () -> node.putNull(name));
            default -> node.put(name, value.toString());
        }
    }

    private static Object read(RecordComponent component, Object reason) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(reason);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("%s of %s cannot be read".formatted(component.getName(), reason), e);
        }
    }
}
