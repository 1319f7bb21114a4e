import com.gs.dmn.runtime.ExecutionContext;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import lending.*;
import lending.type.*;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * How long the eleven decisions of the lending model take as Java: java LendingTime TEST-CASES.xml
 *
 * <p>Prints microseconds of processor time, the median of nine rounds after a warm-up, once the
 * answers are those of the first test case.
 */
public class LendingTime {
  private static final long WARM_UP_NS = 4_000_000_000L;
  private static final long ROUND_NS = 300_000_000L;

  private final Map<String, String> given = new HashMap<>();
  private final Map<String, String> expected = new LinkedHashMap<>();
  private TApplicantData applicant;
  private TRequestedProduct product;
  private TBureauData bureau;

  public static void main(String[] paths) throws Exception {
    var lending = new LendingTime();
    lending.read(new File(paths[0]));
    lending.prepare();
    lending.compare();
    lending.roundOf(WARM_UP_NS);
    double[] rounds = new double[9];
    for (int i = 0; i < rounds.length; i++) rounds[i] = lending.roundOf(ROUND_NS);
    Arrays.sort(rounds);
    System.out.println(rounds[rounds.length / 2]);
  }

  private void read(File file) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    var test = (Element) factory.newDocumentBuilder().parse(file)
        .getElementsByTagName("testCase").item(0);
    for (Node node = test.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (!(node instanceof Element element)) continue;
      if (element.getTagName().equals("inputNode")) leaves(element, given);
      if (element.getTagName().equals("resultNode")) leaves(element, expected);
    }
  }

  private static void leaves(Element element, Map<String, String> into) {
    var values = element.getElementsByTagName("value");
    for (int i = 0; i < values.getLength(); i++) {
      var around = (Element) values.item(i).getParentNode();
      String name = around.hasAttribute("name") ? around.getAttribute("name")
                                                : element.getAttribute("name");
      into.put(name, values.item(i).getTextContent().trim());
    }
  }

  private BigDecimal number(String name) {
    return new BigDecimal(given.get(name));
  }

  private void prepare() {
    var monthly = new MonthlyImpl(number("Expenses"), number("Income"), number("Repayments"));
    applicant = new TApplicantDataImpl(
        number("Age"), given.get("EmploymentStatus"),
        Boolean.valueOf(given.get("ExistingCustomer")), given.get("MaritalStatus"), monthly);
    product = new TRequestedProductImpl(
        number("Amount"), given.get("ProductType"), number("Rate"), number("Term"));
    bureau = new TBureauDataImpl(Boolean.valueOf(given.get("Bankrupt")), number("CreditScore"));
  }

  private Map<String, Object> decideAll() {
    var context = new ExecutionContext();
    Map<String, Object> answers = new HashMap<>();
    String documents = given.get("SupportingDocuments");
    answers.put("Adjudication", new Adjudication().apply(applicant, bureau, documents, context));
    answers.put("ApplicationRiskScore", new ApplicationRiskScore().apply(applicant, context));
    answers.put("Pre-bureauRiskCategory", new PreBureauRiskCategory().apply(applicant, context));
    answers.put("BureauCallType", new BureauCallType().apply(applicant, context));
    answers.put("Post-bureauRiskCategory",
        new PostBureauRiskCategory().apply(applicant, bureau, context));
    answers.put("RequiredMonthlyInstallment",
        new RequiredMonthlyInstallment().apply(product, context));
    answers.put("Pre-bureauAffordability",
        new PreBureauAffordability().apply(applicant, product, context));
    answers.put("Eligibility", new Eligibility().apply(applicant, product, context));
    answers.put("Strategy", new Strategy().apply(applicant, product, context));
    answers.put("Post-bureauAffordability",
        new PostBureauAffordability().apply(applicant, bureau, product, context));
    answers.put("Routing", new Routing().apply(applicant, bureau, product, context));
    return answers;
  }

  private void compare() {
    var answers = decideAll();
    expected.forEach((name, value) -> {
      Object answer = answers.get(name);
      boolean isSame = answer instanceof Number
          ? Math.abs(((Number) answer).doubleValue() - Double.parseDouble(value)) < 1e-8
          : value.equals(String.valueOf(answer));
      if (!isSame) throw new IllegalStateException(name + ": " + answer + ", not " + value);
    });
    if (expected.size() != answers.size()) throw new IllegalStateException("not all is compared");
  }

  private double roundOf(long length) {
    var clock = ManagementFactory.getThreadMXBean();
    long begin = clock.getCurrentThreadCpuTime();
    long count = 0;
    long used = 0;
    int kept = 0;
    while (used < length) {
      for (int i = 0; i < 200; i++) kept += decideAll().size();
      count += 200;
      used = clock.getCurrentThreadCpuTime() - begin;
    }
    if (kept == 0) throw new IllegalStateException("nothing was decided");
    return used / 1000.0 / count;
  }
}
