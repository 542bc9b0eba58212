package io.trimtab.forecast;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Set;

/** What an object holds with all that it refers to, as the JVM lays it out with compressed references; of this project's classes and arrays. */
public final class HeldBytes {
    private static final int OBJECT_HEADER = 12;
    private static final int ARRAY_HEADER = 16;

    private HeldBytes() {}

    /** @param shared classes whose objects are held by many, and so do not count */
    public static long of(Object object, Set<Class<?>> shared) throws IllegalAccessException {
        Class<?> type = object.getClass();
        if (type.isArray()) return ofArray(object, shared);
        long size = OBJECT_HEADER;
        long further = 0;
        for (Field field : type.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())) continue;
            size += size(field.getType());
            if (field.getType().isPrimitive() || shared.contains(field.getType())) continue;
            field.setAccessible(true);
            Object held = field.get(object);
            if (held != null) further += of(held, shared);
        }
        return rounded(size) + further;
    }

    private static long ofArray(Object array, Set<Class<?>> shared) throws IllegalAccessException {
        Class<?> type = array.getClass().getComponentType();
        long further = 0;
        for (int i = 0; i < Array.getLength(array) && !type.isPrimitive(); i++) {
            Object held = Array.get(array, i);
            if (held != null) further += of(held, shared);
        }
        return rounded(ARRAY_HEADER + (long) size(type) * Array.getLength(array)) + further;
    }

    private static int size(Class<?> type) {
        if (type == long.class || type == double.class) return Long.BYTES;
        if (type == char.class || type == short.class) return Short.BYTES;
        return type == byte.class || type == boolean.class ? Byte.BYTES : Integer.BYTES;
    }

    private static long rounded(long size) {
        return (size + 7) / 8 * 8;
    }
}
