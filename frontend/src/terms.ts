/** Pages where terms are written and compared: sliders beside figures, what is faulty, choices at once. */
import "../styles/terms.css";
import { watchFaults } from "./terms/faults";
import { watchSliders } from "./terms/sliders";

watchSliders(document);
watchFaults(document);
