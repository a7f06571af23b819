package org.tonyreactor.benchmarks.comparison;

import java.util.Locale;

/**
 * Writes a picture as text. There is no AWT in it, for headless JDKs come without fonts; whoever shows the picture has some.
 * It is legible on light and on dark, and the colours are told apart by those who see fewer of them; lines have marks of
 * their own besides.
 */
final class Svg {
    static final int WIDTH = 760;

    private static final String STYLE = """
            <style>
              text { font: 12px system-ui, sans-serif; fill: #24292f }
              .title { font-size: 15px; font-weight: 600 }
              .middle { text-anchor: middle } .end { text-anchor: end }
              .paper { fill: #ffffff } .grid { stroke: #d8dee4 } .axis { stroke: #57606a }
              .line { fill: none; stroke-width: 1.6 } .c0.line { stroke-width: 3 }
              .c0 { stroke: #d55e00 } .c1 { stroke: #4d565f } .c2 { stroke: #0072b2 }
              .c3 { stroke: #009e73 } .c4 { stroke: #b3508a } .c5 { stroke: #a87400 }
              .f0 { fill: #d55e00 } .f1 { fill: #4d565f } .f2 { fill: #0072b2 }
              .f3 { fill: #009e73 } .f4 { fill: #b3508a } .f5 { fill: #a87400 }
              @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 }
                .paper { fill: #0d1117 } .grid { stroke: #30363d } .axis { stroke: #8b949e }
                .c0 { stroke: #ff8a3d } .c1 { stroke: #c9d1d9 } .c2 { stroke: #56b4e9 }
                .c3 { stroke: #2fd6a5 } .c4 { stroke: #e6a5c8 } .c5 { stroke: #f0e442 }
                .f0 { fill: #ff8a3d } .f1 { fill: #c9d1d9 } .f2 { fill: #56b4e9 }
                .f3 { fill: #2fd6a5 } .f4 { fill: #e6a5c8 } .f5 { fill: #f0e442 }
              }
            </style>
            """;

    private final StringBuilder text = new StringBuilder();

    Svg(String title, int height) {
        text.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " role=\"img\">%n<title>%s</title>%n",
                WIDTH,
                height,
                WIDTH,
                height,
                escaped(title)));
        text.append(STYLE);
        text.append(String.format("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n", WIDTH, height));
        label(title, "title", 20, 26);
    }

    void label(String words, String style, double x, double y) {
        element("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, escaped(words));
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        element("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", style, x1, y1, x2, y2);
    }

    void bar(String style, double x, double y, double width, double height) {
        element(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
                style, x, y, width, height);
    }

    /** A line through points, each {@code x,y}. */
    void path(String style, Iterable<String> points) {
        element("<polyline class=\"%s\" points=\"%s\"/>", style, String.join(" ", points));
    }

    /** A mark at a point, another shape for each number. */
    void mark(int number, double x, double y) {
        String shape = switch (number) {
            case 0 -> "M-5,0 a5,5 0 1,0 10,0 a5,5 0 1,0 -10,0";
            case 1 -> "M-4,-4 h8 v8 h-8 z";
            case 2 -> "M0,-5 l5,9 h-10 z";
            case 3 -> "M0,-5 l5,5 l-5,5 l-5,-5 z";
            case 4 -> "M0,5 l5,-9 h-10 z";
            default -> "M-5,-1.5 h3.5 v-3.5 h3 v3.5 h3.5 v3 h-3.5 v3.5 h-3 v-3.5 h-3.5 z";
        };
        element("<path class=\"f%d\" transform=\"translate(%.1f,%.1f)\" d=\"%s\"/>", number, x, y, shape);
    }

    static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f", x, y);
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }

    private void element(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;");
    }
}
