package io.trimtab.service.evaluate;

/** A document that cannot be answered: where in it and why. */
public final class EvaluateException extends RuntimeException {
    private final String path;

    /** @param path of the field, such as {@code pods[3].usage.cpu}; {@code .} for a text that is not JSON */
    public EvaluateException(String path, String message) {
        super(message);
        this.path = path;
    }

    public String path() {
        return path;
    }
}
