package org.tonyreactor.shell;

import java.util.Random;

/** Texts of every sort, as names of endpoints and messages might be. */
public final class Texts {
    private static final String[] SORTS = {
        "a b",
        "echo",
        "\u4e2d\u6587",
        "\ud83d\ude00",
        "e\u0301",
        "\n",
        "\u001b[31m",
        "\"\\",
        "\u2028",
        "\u200b",
        "\ud800",
        ""
    };

    private Texts() {}

    /** Up to {@code most} pieces. */
    public static String any(Random random, int most) {
        StringBuilder text = new StringBuilder();
        int pieces = random.nextInt(most + 1);
        for (int i = 0; i < pieces; i++) {
            text.append(random.nextBoolean() ? SORTS[random.nextInt(SORTS.length)] : letters(random));
        }
        return text.toString();
    }

    private static String letters(Random random) {
        return String.valueOf((char) ('a' + random.nextInt(26))).repeat(random.nextInt(30));
    }
}
