package io.trimtab.service.push;

/** Why a request is refused by its head alone, so that its body is never kept. */
public enum EarlyRefusal {
    TOO_LARGE("the body has more bytes than the %d that are taken; send less at once"),
    TOO_MANY_BYTES("more bytes are on their way than memory is for; try again in a while");

    private final String detail;

    EarlyRefusal(String detail) {
        this.detail = detail;
    }

    /** @param mostBytes that a body may have */
    String detail(long mostBytes) {
        return detail.formatted(mostBytes);
    }
}
