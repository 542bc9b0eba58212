package io.trimtab.recommend.zero.formula;

/** A formula that has no number for an answer now: it divides by zero, needs a value that is not there, or mixes kinds. */
public final class FormulaException extends RuntimeException {
    private static final long serialVersionUID = 1;

    FormulaException(String message) {
        super(message);
    }
}
