// EPUB files go in; a line of JSON for each, with what EPUBCheck says of it, comes out. One JVM for all.
//
// usage: java -cp epubcheck.jar ManyEpubs.java PROMOTED.txt A.epub B.epub ...

import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import com.adobe.epubcheck.util.ReportingLevel;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

public class ManyEpubs {

  /** Keeps every message of one book, those about mere usage too. */
  private static final class Listener extends MasterReport {
    final List<String> messages = new ArrayList<>();

    Listener(File book, File promoted) {
      setEpubFileName(book.getPath());
      setReportingLevel(ReportingLevel.Usage);
      setOverrideFile(promoted);
    }

    @Override
    public void message(Message message, EPUBLocation place, Object... words) {
      Severity severity = message.getSeverity();
      if (severity == Severity.SUPPRESSED || severity == Severity.INFO) {
        return;
      }
      messages.add(
          "{\"severity\":" + quoted(severity.toString())
              + ",\"id\":" + quoted(message.getID().toString())
              + ",\"path\":" + quoted(place.getPath())
              + ",\"line\":" + place.getLine()
              + ",\"column\":" + place.getColumn()
              + ",\"message\":" + quoted(message.getMessage(words)) + "}");
    }

    @Override
    public void info(String resource, FeatureEnum feature, String value) {}

    @Override
    public int generate() {
      return 0;
    }

    @Override
    public void initialize() {}
  }

  public static void main(String[] arguments) {
    PrintStream lines = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    File promoted = new File(arguments[0]);
    for (int index = 1; index < arguments.length; index++) {
      File book = new File(arguments[index]);
      Listener listener = new Listener(book, promoted);
      String failure = null;
      if (!book.isFile()) {
        failure = "there is no such file";
      } else {
        try {
          new EpubCheck(book, listener).doValidate();
        } catch (Throwable trouble) {
          failure = trouble.toString();
        }
      }
      lines.println(
          "{\"file\":" + quoted(arguments[index])
              + ",\"failure\":" + quoted(failure)
              + ",\"messages\":[" + String.join(",", listener.messages) + "]}");
    }
  }

  private static String quoted(String text) {
    if (text == null) {
      return "null";
    }
    StringBuilder json = new StringBuilder("\"");
    for (char character : text.toCharArray()) {
      if (character == '"' || character == '\\') {
        json.append('\\').append(character);
      } else if (character < ' ') {
        json.append(' ');
      } else {
        json.append(character);
      }
    }
    return json.append('"').toString();
  }
}
