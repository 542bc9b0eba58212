package io.trimtab.service.evaluate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Tells one document over many lines from one document per line. */
public final class Documents {
    private static final JsonFactory LENIENT = new JsonFactory();

    private Documents() {}

    /** @return the documents in order; a text that is one document, whole or broken, is returned as it is; none for blank text */
    public static List<String> split(String text) {
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() <= 1) return lines;
        boolean eachStartsOne = lines.stream().allMatch(line -> line.startsWith("{"));
        boolean oneDocument = endsInside(lines.getFirst()) && !eachStartsOne;
        return oneDocument ? List.of(text) : lines;
    }

    /** Whether the line opens an object or list that it does not close. */
    private static boolean endsInside(String line) {
        int depth = 0;
        try (JsonParser parser = LENIENT.createParser(line)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) depth++;
                if (token.isStructEnd()) depth--;
            }
            return depth > 0;
        } catch (com.fasterxml.jackson.core.io.JsonEOFException e) {
            return depth > 0;
        } catch (IOException e) {
            // A line that is no JSON at all is a bad document of its own.
            return false;
        }
    }
}
